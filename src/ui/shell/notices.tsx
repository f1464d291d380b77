import { Button } from "react-aria-components/Button";
import { useAppState } from "../app-context";
import "./notices.css";

/** Quiet lines under the header. They stay until the user puts them away. */
export function Notices() {
  const notices = useAppState((state) => state.notices);
  const dismiss = useAppState((state) => state.dismiss);
  return (
    <div role="status" aria-label="Notices">
      {notices.map(({ id, text }) => (
        <p key={id} className="notice">
          {text}
          <Button className="notice__dismiss" onPress={() => dismiss(id)}>
            Dismiss
          </Button>
        </p>
      ))}
    </div>
  );
}
