/** What a refresh reads and writes, from the root of the repository. */
export const places = {
  /** The network that ships, as it was exported: QONNX, gzipped. */
  source: "fixtures/models/mobilenetv1-w4a4_qonnx.onnx.gz",
  /** Made: manifest and weights. Kept: the class names and the model card. */
  package: "public/models/mobilenetv1-w4a4",
  labels: "public/models/mobilenetv1-w4a4/labels.txt",
  /** Made: checksums of every layer on synthetic images. */
  vectors: "fixtures/vectors/mobilenetv1-w4a4.json",
  /** What of each sample photo goes into the network. */
  samples: "fixtures/samples",
  /** Kept by hand: the classes that name what a sample photo shows. */
  shown: "fixtures/samples/shown.json",
  /** Made: the five best classes of each sample photo. */
  tops: "fixtures/samples/top5.json",
} as const;
