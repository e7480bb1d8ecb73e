import { readdirSync, readFileSync } from 'node:fs'
import { createAnthropicAssembler } from '../assemble/anthropic.ts'
import type { Assembler } from '../assemble/assembler.ts'
import { createOpenaiChatAssembler } from '../assemble/openaiChat.ts'
import { createOpenaiResponsesAssembler } from '../assemble/openaiResponses.ts'

const FOLDER = new URL('../__fixtures__/streams/', import.meta.url)

export type Api = 'openai-chat' | 'openai-responses' | 'anthropic-messages'

/** What a recorded stream holds, as its expected.json says. */
export interface Expected {
  calls: { id: string; name: string; arguments: string; arguments_complete_at_event: number }[]
  text: string
  finish: string
  usage: Record<string, unknown> | null
  provider_executed_calls?: { name: string }[]
}

/** One recorded stream: its bytes as they came over the wire, and what they mean. */
export interface Recorded {
  name: string
  api: Api
  bytes: Uint8Array<ArrayBuffer>
  /** The number of data objects, `[DONE]` not counted. */
  events: number
  expected: Expected
}

/** Every recorded stream of the fixtures, framing rebuilt where the source had not kept it. */
export function recordedStreams(): Recorded[] {
  const files = readdirSync(FOLDER)
  return files
    .filter((file) => file.endsWith('.expected.json'))
    .map((file) => {
      const { api, events, expected, file: stream } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'))
      const raw = readFileSync(new URL(stream, FOLDER), 'utf8')
      const text = stream.endsWith('.sse') ? raw : framed(raw, api)
      return { name: stream, api, events, expected, bytes: new TextEncoder().encode(text) }
    })
}

/** An assembler for a protocol, by the name the fixtures give it. */
export function assemblerFor(api: Api): Assembler {
  if (api === 'openai-chat') return createOpenaiChatAssembler('the model')
  return api === 'anthropic-messages'
    ? createAnthropicAssembler('the model')
    : createOpenaiResponsesAssembler('the model')
}

function framed(lines: string, api: Api): string {
  const frames = lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => (api === 'openai-chat' ? `data: ${line}\n\n` : `event: ${JSON.parse(line).type}\ndata: ${line}\n\n`))
  return frames.join('') + (api === 'openai-chat' ? 'data: [DONE]\n\n' : '')
}
