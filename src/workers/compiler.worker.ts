import { CompilerService } from "./compiler-service";
import { serve } from "./serve";

serve(new CompilerService());
