/** A document whose simulated model plays this script without pauses. */
export const scriptedFlow = (
  script: object[],
  tools: object[],
  { pace = { firstTokenMs: 0, callMs: 0 }, system }: { pace?: object; system?: string } = {},
) => ({
  format: 'volley.flow/1',
  name: 'Harbour',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    ...(system === undefined ? {} : { system }),
    settings: { pace, script },
  },
  tools,
})
