import { describeContract } from "../testing/conformance";
import { createReferenceEngine } from "./engine";

describeContract("reference", createReferenceEngine);
