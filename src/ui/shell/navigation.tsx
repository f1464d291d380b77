import { useAppState } from "../app-context";
import { everywhere } from "../kit/keys/key-registry";
import { useKeys } from "../kit/keys/use-keys";
import { viewIds, viewNames } from "../views";
import "./navigation.css";

/** The views, as links that can be copied. */
export function Navigation() {
  const view = useAppState((state) => state.view);
  const setView = useAppState((state) => state.setView);
  useKeys(
    viewIds.map((id, i) => ({ keys: `${i + 1}`, does: viewNames[id], action: () => setView(id) })),
    everywhere,
  );
  return (
    <nav className="navigation" aria-label="Views">
      {viewIds.map((id) => (
        <a
          key={id}
          className="navigation__view"
          href={`#v=1&view=${id}`}
          aria-current={id === view ? "page" : undefined}
          onClick={(event) => {
            // The address follows the state; a new tab takes the link itself.
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            setView(id);
          }}
        >
          {viewNames[id]}
        </a>
      ))}
    </nav>
  );
}
