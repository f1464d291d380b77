import { useAppState } from "../app-context";
import { ClassifyView } from "../classify/classify-view";
import { useTheme } from "../theme/use-theme";
import type { ViewId } from "../views";
import { Header } from "./header";
import { Notices } from "./notices";
import "../kit/kit.css";
import "./shell.css";

const views: Record<ViewId, () => React.ReactNode> = {
  classify: ClassifyView,
};

/** The frame around every view. */
export function Shell() {
  const View = views[useAppState((state) => state.view)];
  useTheme(useAppState((state) => state.theme));
  return (
    <div className="shell">
      <Header />
      <Notices />
      <main className="shell__main">
        <View />
      </main>
    </div>
  );
}
