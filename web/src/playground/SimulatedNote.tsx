import { Info } from 'lucide-react'
import { useFlow } from '../state/flowStore.ts'

/** Says that no real model answers, and how to get one. */
export function SimulatedNote() {
  const isSimulated = useFlow((flow) => flow.agent.provider === 'simulated')
  if (!isSimulated) return null
  return (
    <details className="text-2xs text-text-3">
      <summary className="flex w-fit list-none items-center gap-1.5 rounded-sm">
        <Info size={12} aria-hidden />
        The model is simulated.{' '}
        <span className="text-text-2 underline decoration-line-strong underline-offset-2">Use a real one</span>
      </summary>
      <p className="mt-1 mb-0 ml-[18px] leading-relaxed text-text-2">
        It needs no key and plans from your tools and words. For a real model set{' '}
        <code className="font-mono text-text-1">OPENAI_API_KEY</code> or{' '}
        <code className="font-mono text-text-1">ANTHROPIC_API_KEY</code>, start Volley again, and choose the provider at
        the agent.
      </p>
    </details>
  )
}
