import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Dialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useAppState } from "../app-context";
import { ActionButton } from "../kit/action-button";
import { KeyHelp } from "../kit/keys/key-help";
import { everywhere } from "../kit/keys/key-registry";
import { useKeys } from "../kit/keys/use-keys";
import { viewNames } from "../views";
import "./header-button.css";
import "./key-help-button.css";

/** The button for the help with the keys, which “?” opens too. */
export function KeyHelpButton() {
  const [open, setOpen] = useState(false);
  // Its place in the document is the header; at the end of the body it would lie outside every landmark.
  const [place, setPlace] = useState<Element | null>(null);
  const view = useAppState((state) => state.view);
  const singleKeys = useAppState((state) => state.singleKeys);
  const setSingleKeys = useAppState((state) => state.setSingleKeys);
  useKeys([{ keys: "?", does: "Show what the keys do", action: () => setOpen(true) }], everywhere);
  return (
    <>
      <Button className="header-button key-help-button" onPress={() => setOpen(true)}>
        Keys
      </Button>
      <div ref={setPlace} />
      <ModalOverlay
        className="key-help__overlay"
        isOpen={open}
        onOpenChange={setOpen}
        isDismissable
        {...(place ? { UNSTABLE_portalContainer: place } : {})}
      >
        <Modal className="key-help__modal">
          <Dialog className="key-help">
            <Heading slot="title" level={2}>
              Keys
            </Heading>
            <KeyHelp view={viewNames[view]} singleKeys={singleKeys} onSingleKeysChange={setSingleKeys} />
            <div className="key-help__close">
              <ActionButton onPress={() => setOpen(false)}>Close</ActionButton>
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}
