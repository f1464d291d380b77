import { EmulatorService } from "./emulator-service";
import { serve } from "./serve";

serve(new EmulatorService());
