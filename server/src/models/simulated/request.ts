import { z } from 'zod'

const content = z
  .union([z.string(), z.null(), z.array(z.looseObject({ text: z.string().optional() }))])
  .optional()
  .transform((value) => (typeof value === 'string' ? value : (value ?? []).map(({ text }) => text ?? '').join('')))

const toolCall = z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) })

const scriptedCall = z.object({ tool: z.string(), arguments: z.record(z.string(), z.json()).exactOptional() })

/** What the simulated model reads of a Chat Completions request; `volley` is its own private field. */
export const simulatedRequestSchema = z.object({
  model: z.string(),
  stream: z.boolean().default(false),
  messages: z.array(
    z.object({
      role: z.string().transform((role) => (role === 'developer' ? 'system' : role)),
      content,
      tool_calls: z.array(toolCall).optional(),
      tool_call_id: z.string().default(''),
    }),
  ),
  tools: z
    .array(
      z.object({
        function: z.object({ name: z.string(), description: z.string().default(''), parameters: z.unknown() }),
      }),
    )
    .default([]),
  tool_choice: z.unknown().optional(),
  parallel_tool_calls: z.boolean().optional(),
  volley: z
    .object({
      script: z
        .array(z.object({ text: z.string().exactOptional(), calls: z.array(scriptedCall).exactOptional() }))
        .optional(),
      pace: z
        .object({ firstTokenMs: z.number().min(0).exactOptional(), callMs: z.number().min(0).exactOptional() })
        .optional(),
    })
    .optional(),
})
export type SimulatedRequest = z.output<typeof simulatedRequestSchema>
