import { scriptedFlow } from '../../../server/src/testing/scriptedFlow.ts'

/** A flow whose simulated model sends so many calls of one mock in one message, then answers. Nothing in it takes time of its own, unless told. */
export function flowOfCalls(
  calls: number,
  { latencyMs = 0, callMs = 0 }: { latencyMs?: number; callMs?: number } = {},
): object {
  const script = [
    { calls: Array.from({ length: calls }, (_, port) => ({ tool: 'tide', arguments: { port } })) },
    { text: 'High at six.' },
  ]
  const tide = {
    name: 'tide',
    parameters: { type: 'object', properties: { port: { type: 'integer' } } },
    run: { kind: 'mock', result: { port: '{{port}}', height: 4.2 }, latencyMs },
    annotations: { readOnlyHint: true },
  }
  return scriptedFlow(script, [tide], { pace: { firstTokenMs: 0, callMs } })
}
