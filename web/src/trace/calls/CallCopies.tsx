import { testCaseOf } from '@volley/shared/evals/testCaseOf.ts'
import type { CallState, RunState } from '@volley/shared/run/state.ts'
import { ClipboardCheck, DatabaseZap, Terminal } from 'lucide-react'
import { getCurl, sentenceOf } from '../../api/client.ts'
import { Button } from '../../ui/Button.tsx'
import { copyText } from '../../ui/copyText.ts'
import { toast } from '../../ui/toast.tsx'
import { useAddToDataSet } from '../testCase/useAddToDataSet.tsx'

/** Takes a call elsewhere: its request as a command, where it made one, and itself as a test case. */
export function CallCopies({ run, call, isHttp }: { run: RunState; call: CallState; isHttp: boolean }) {
  const adding = useAddToDataSet()
  const copyCurl = async () => {
    const answer = await getCurl(run.id, call.call)
    if (answer.ok) await copyText(answer.value.curl, 'The command')
    else toast.problem('The command could not be made.', sentenceOf(answer.error))
  }
  return (
    <div className="flex flex-wrap gap-1.5">
      {isHttp && (
        <Button
          size="sm"
          icon={<Terminal size={12} aria-hidden />}
          title="Secrets stand in it as variables of the shell"
          onClick={() => void copyCurl()}
        >
          Copy as cURL
        </Button>
      )}
      <Button
        size="sm"
        icon={<ClipboardCheck size={12} aria-hidden />}
        title="The input and this call, as a line of a data set"
        onClick={() => void copyText(JSON.stringify(testCaseOf(run, [call])), 'The test case')}
      >
        Copy as a test case
      </Button>
      <Button
        size="sm"
        icon={<DatabaseZap size={12} aria-hidden />}
        title="The input and this call, as a case of a data set"
        onClick={() => adding.add({ run, calls: [call] })}
      >
        Add to a data set
      </Button>
      {adding.dialog}
    </div>
  )
}
