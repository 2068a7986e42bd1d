#!/usr/bin/env node
import { runProcess } from './cli/process.js';

process.exitCode = await runProcess(process.argv.slice(2));
