import { runCommandLine } from '../cli/main.ts'
import { processTerminal } from '../cli/processTerminal.ts'
import { fakeParts } from './fakeParts.ts'

// The command line as a process of its own, with an engine that answers at once: for tests that kill and interrupt it.

const terminal = processTerminal()
const code = await runCommandLine(process.argv.slice(2), terminal, fakeParts)
await terminal.flushed()
process.exit(code)
