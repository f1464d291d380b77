import { EngineSettings } from "./engine-settings";
import { Mark } from "./mark";
import { ThemeSwitch } from "./theme-switch";
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
        <div className="header__controls">
          <EngineSettings />
          <ThemeSwitch />
        </div>
      </div>
    </header>
  );
}
