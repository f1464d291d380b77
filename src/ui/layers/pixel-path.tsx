import { memo, useMemo, useRef } from "react";
import { Button } from "react-aria-components/Button";
import { useAppState } from "../app-context";
import { formatInteger } from "../kit/format";
import { SavePicture } from "../kit/save-picture/save-picture";
import { groupNodes } from "../pipeline/group-nodes";
import { pixelPath } from "./model/pixel-path";
import { PixelValues } from "./pixel-values";
import type { Look } from "./use-look";
import "./pixel-path.css";

type PixelPathProps = Pick<Look, "layers" | "index" | "picked" | "values">;

/** The same place of the photo through all layers: where it is, what it sees, and its values. */
export const PixelPath = memo(function PixelPath({ layers, index, picked, values }: PixelPathProps) {
  const selectNode = useAppState((state) => state.selectNode);
  const part = useRef<HTMLElement>(null);
  const stops = useMemo(() => pixelPath(layers, picked, values), [layers, picked, values]);
  const blocks = useMemo(
    () =>
      new Map(
        groupNodes(layers.flatMap(({ node }) => node ?? [])).flatMap(({ title, nodes }) =>
          nodes.map(({ name }) => [name, title] as const),
        ),
      ),
    [layers],
  );
  return (
    <section ref={part} className="layers__part layers__part--ruled" aria-labelledby="path-heading">
      <div className="layers__part-head">
        <h3 id="path-heading">The same pixel through all layers</h3>
        <SavePicture picture={part} name="The same pixel" of={layers[picked.index]?.title} />
      </div>
      <p className="layers__words">
        Picked at row {picked.pixel.row}, column {picked.pixel.column} of {layers[picked.index]?.title}. Each
        layer shows the pixel that looks at the same place, with all its channels from the first to the last.
      </p>
      <div className="pixel-path">
        <table>
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col">Values</th>
              <th scope="col">Not zero</th>
              <th scope="col">Highest</th>
              <th scope="col">Row, column</th>
              <th scope="col">Sees</th>
            </tr>
          </thead>
          <tbody>
            {stops.map(({ at, layer, pixel, fieldSize, map, scale, notZero, highest }) => (
              <tr key={layer.title} aria-current={at === index || undefined}>
                <th scope="row">
                  <Button
                    data-in-picture
                    className="pixel-path__layer"
                    onPress={() => selectNode(layer.node?.name ?? null)}
                  >
                    {layer.title}
                  </Button>
                  <span className="pixel-path__block">{layer.node && blocks.get(layer.node.name)}</span>
                </th>
                <td className="pixel-path__values">
                  <PixelValues map={map} scale={scale} pixel={pixel} />
                </td>
                <td>
                  {notZero} of {formatInteger(layer.channels)}
                </td>
                <td>
                  {formatInteger(highest.value)}{" "}
                  <span className="pixel-path__channel">channel {highest.channel}</span>
                </td>
                <td>
                  {pixel.row}, {pixel.column}
                </td>
                <td>
                  {fieldSize.rows} × {fieldSize.columns}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
});
