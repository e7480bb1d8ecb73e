import { getInfo } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'

/** Says which models can answer, and how to add a key where none but the simulated one can. */
export function ModelNote() {
  const { loaded } = useAnswer('info', getInfo)
  if (loaded.is !== 'there') return null
  const real = loaded.value.providers.filter((provider) => provider.available && provider.name !== 'simulated')
  return (
    <p className="m-0 border-t border-line pt-4 text-xs leading-relaxed text-text-2">
      {real.length > 0 ? (
        <>
          Examples use the simulated model, which needs no key. Real models are ready too (
          {real.map((provider) => provider.label).join(', ')}): choose one at the agent.
        </>
      ) : (
        <>
          Without a key the model is simulated: it plans from your tools and words, and says so. To use a real one, set{' '}
          <code className="font-mono text-text-1">OPENAI_API_KEY</code> or{' '}
          <code className="font-mono text-text-1">ANTHROPIC_API_KEY</code> and start Volley again.
        </>
      )}
    </p>
  )
}
