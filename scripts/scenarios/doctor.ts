import { askDoctor, type Check, failed, passed } from '../checks/index.ts';

/** A check that the image's doctor finds this wrong, says so in words, and tells what to do. */
export function doctorSays(id: string, question: string, title: string, words: RegExp): Check {
  return {
    id,
    title: `the doctor says that ${title}`,
    proves: `phyllome-doctor's answer \`${question}\` is not a good one, names the cause in words and gives advice.`,
    needs: { components: ['doctor'] },
    async run({ guest }) {
      const { checks } = await askDoctor(guest);
      const answers = checks.filter((check) => check.id === question || check.id.startsWith(`${question}-`));
      const evidence = checks.map(({ id, status, summary, advice }) => `${status} ${id}: ${summary} ${advice}`.trim());
      const bad = answers.filter(({ status }) => status === 'warn' || status === 'fail');
      if (bad.length === 0) return failed(`it finds nothing wrong with ${question}`, evidence);
      const said = bad.map(({ summary, advice }) => `${summary}; ${advice}`).join(' ');
      if (!words.test(said)) return failed(`it says "${said}"`, evidence);
      return bad.some(({ advice }) => advice !== '') ? passed(said, evidence) : failed('it gives no advice', evidence);
    },
  };
}
