import { rules } from ".";
import { serve } from "./engine";

serve(rules);
