import { useAppState, useModelSession } from "../app-context";
import { useWindowDrop } from "../kit/use-window-drop";
import { CheckPart } from "./check-part";
import { CompilationPart } from "./compilation-part";
import { ModelInUse } from "./model-in-use";
import { OpenModel } from "./open-model";
import "./model-view.css";

/** Which model is in use; another one opened, compiled pass by pass before one's eyes, checked, and taken. */
export function ModelView() {
  const session = useModelSession();
  const compilation = useAppState((state) => state.compilation);
  const over = useWindowDrop((transfer) => {
    const file = transfer?.files[0];
    if (file) void session.openFile(file);
  });
  return (
    <div className="model drop-place" data-over={over || undefined}>
      <header>
        <h2 className="view-title">Model</h2>
        <p className="view-lead">
          Open a quantised network in ONNX (from Brevitas or FINN) and watch it become an accelerator, pass by
          pass. It stays in this browser.
        </p>
      </header>
      <div className="model__pair">
        <OpenModel />
        <ModelInUse />
      </div>
      {compilation && <CompilationPart compilation={compilation} />}
      <CheckPart />
    </div>
  );
}
