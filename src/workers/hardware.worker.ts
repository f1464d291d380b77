import { HardwareService } from "./hardware-service";
import { serve } from "./serve";

serve(new HardwareService());
