// Runs one of the example flows inside a program of its own, with a function in place of its weather tool:
//   node examples/program/rainy-cities.ts "What is the weather in Bergen, Lima and Cairo?"
import { readFile } from 'node:fs/promises'
import { type OwnTools, runFlow } from '@volley/server'

const flow: unknown = JSON.parse(await readFile(new URL('../three-cities.flow.json', import.meta.url), 'utf8'))
const rainyDays: Record<string, number> = { Bergen: 239, Lima: 13, Cairo: 8 }

const tools: OwnTools = {
  get_weather: async ({ city }: { city: string }) => {
    const days = rainyDays[city]
    if (days === undefined) throw new Error(`no figures for ${city}: ask for ${Object.keys(rainyDays).join(', ')}`)
    return { city, conditions: days > 100 ? 'rain' : 'sun', rainy_days_a_year: days }
  },
}

const run = await runFlow(flow, {
  input: process.argv[2] ?? 'What is the weather in Bergen, Lima and Cairo?',
  tools,
  onEvent: (event) => {
    if (event.type === 'call.emitted') console.error(`${event.call} ${event.tool} ${JSON.stringify(event.arguments)}`)
  },
})
console.log(run.output)
console.error(`${run.calls.length} calls in ${run.turns.length} turns: ${run.status}`)
process.exitCode = run.status === 'succeeded' ? 0 : 1
