import { z } from 'zod'

// What a model is asked for when it drafts a flow: less than a document, so that there is little to get wrong. `flowOfSketch` makes
// a document of it.

/** The one tool that a model is offered for its sketch. */
export const SKETCH_TOOL = 'draft_flow'
export const MOST_SKETCHED_TOOLS = 20
export const SKETCH_TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object'] as const

const line = (most: number) => z.string().trim().min(1).max(most)

const parameter = z.strictObject({
  name: line(64).describe('snake_case'),
  type: z.enum(SKETCH_TYPES),
  description: z.string().max(500).default('').describe('What belongs there, with an example.'),
  required: z.boolean().default(true),
  choices: z.array(line(100)).min(1).max(40).describe('Of a string: the only values it may have.').exactOptional(),
})

const tool = z.strictObject({
  name: line(64).describe('A verb and its object in snake_case, such as search_flights.'),
  description: line(1000).describe('One sentence for the model that will call it: what a call does and gives.'),
  parameters: z.array(parameter).max(20),
  result: z
    .record(z.string(), z.unknown())
    .describe('A made-up result with the shape of a real one, in up to ten keys. {{name}} stands for an argument.'),
  changes: z
    .boolean()
    .describe('Whether a call books, sends, pays, writes or deletes. False: it only looks up or reckons.'),
  asksFirst: z.boolean().default(false).describe('Whether a person must approve each call, as for money or deletion.'),
})

const edge = z.strictObject({
  from: line(64).describe('The tool whose calls come first.'),
  to: line(64).describe('The tool whose calls wait for them.'),
  map: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'Parameters of "to" that are filled from a result of "from", each with the path of the value, such as items[0].id. Empty: only the order counts.',
    ),
})

export const sketchSchema = z.strictObject({
  name: line(80).describe('What the flow is called, in a few words.'),
  description: z.string().max(500).default('').describe('What one sees when it runs, in a sentence.'),
  system: line(4000).describe('Instructions for the agent: its task, and to make all calls it needs in one message.'),
  prompt: line(500).describe('A first message that a person could send, with real names in it.'),
  tools: z.array(tool).min(1).max(MOST_SKETCHED_TOOLS),
  edges: z
    .array(edge)
    .max(100)
    .default([])
    .describe('Only what must wait. Tools without an edge between them run at the same time.'),
})

export type Sketch = z.output<typeof sketchSchema>
export type SketchTool = Sketch['tools'][number]
export type SketchParameter = SketchTool['parameters'][number]

/** The sketch as the parameters of a tool: what the model is shown. */
export function sketchParameters(): Record<string, unknown> {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(sketchSchema, { io: 'input' })
  return schema
}
