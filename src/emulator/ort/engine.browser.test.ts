import { describeEngine } from "../testing/conformance";
import { createOrtEngine } from "./engine";

describeEngine("ort", createOrtEngine);
