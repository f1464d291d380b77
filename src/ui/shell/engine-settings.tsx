import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Popover } from "react-aria-components/Popover";
import { useAppState } from "../app-context";
import { engineNames } from "../kit/engine-names";
import { EngineChoices } from "./engine-choices";
import { EngineReport } from "./engine-report";
import "./header-button.css";
import "./engine-settings.css";

/** The button that tells the chosen engine and opens the choice. */
export function EngineSettings() {
  const engine = useAppState((state) => state.engine);
  // The popover's place in the document is the header; at the end of the body it would lie outside every landmark.
  const [place, setPlace] = useState<Element | null>(null);
  return (
    <DialogTrigger>
      <Button className="header-button engine-settings__button">
        <span className="engine-settings__caption">Engine</span> {engineNames[engine].name}
      </Button>
      <div ref={setPlace} />
      <Popover
        className="engine-settings__popover"
        placement="bottom end"
        {...(place ? { UNSTABLE_portalContainer: place } : {})}
      >
        <Dialog className="engine-settings">
          <Heading slot="title" level={2}>
            Engine
          </Heading>
          <p className="engine-settings__lead">All engines give the same integers.</p>
          <EngineChoices />
          <EngineReport />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
