import { runCommandLine } from './cli/main.ts'
import { processTerminal } from './cli/processTerminal.ts'
import { PARTS } from './parts.ts'

// The only file that acts on import: one command line, from this process's arguments to its exit code.

const terminal = processTerminal()
const code = await runCommandLine(process.argv.slice(2), terminal, PARTS)
await terminal.flushed()
process.exit(code)
