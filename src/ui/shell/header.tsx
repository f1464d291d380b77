import { EngineSettings } from "./engine-settings";
import { KeyHelpButton } from "./key-help-button";
import { Mark } from "./mark";
import { Navigation } from "./navigation";
import { ThemeSwitch } from "./theme-switch";
import { TourButton } from "./tour-button";
import "./header.css";

export function Header() {
  return (
    <header className="header">
      <div className="header__inner">
        <Mark />
        <div className="header__name">
          <h1>Streamscope</h1>
          <p>An FPGA accelerator in your browser: FINN’s 4-bit MobileNet-v1, integer for integer.</p>
        </div>
        <Navigation />
        <div className="header__controls">
          <TourButton />
          <EngineSettings />
          <KeyHelpButton />
          <ThemeSwitch />
        </div>
      </div>
    </header>
  );
}
