/** @file The worker: the engine behind comlink. */
import { expose } from "comlink";
import { NetworkEngine } from "./engine.ts";

expose(new NetworkEngine());
