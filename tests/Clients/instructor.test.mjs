// Instructor, unchanged: typed answers by tools and by a schema.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import createInstructor from '@instructor-ai/instructor';
import OpenAI from 'openai';
import { z } from 'zod/v3';
import { startAll, token } from './harness.mjs';

const schema = z.object({ name: z.string(), age: z.number(), tags: z.array(z.enum(['a', 'b'])) });
let all;

before(async () => {
  all = await startAll();
});
after(() => all.stop());

for (const mode of ['TOOLS', 'FUNCTIONS', 'JSON_SCHEMA']) {
  for (const model of ['gemini-2.5-flash', 'gemini-3.8-flash']) {
    const ask = (more) => createInstructor({ client: new OpenAI({ apiKey: token, baseURL: `${all.gateway}/v1`, maxRetries: 0 }), mode })
      .chat.completions.create({ model, messages: [{ role: 'user', content: 'Jason is 30.' }], response_model: { schema, name: 'User' }, max_retries: 0, ...more });

    test(`${mode} with ${model}`, async () => {
      const user = await ask();
      assert.deepEqual([typeof user.name, typeof user.age, user.tags[0]], ['string', 'number', 'a']);
    });

    test(`${mode} with ${model}, in a stream`, async () => {
      let last;
      for await (const part of await ask({ stream: true })) {
        last = part;
      }

      assert.deepEqual([typeof last.name, typeof last.age, last.tags[0]], ['string', 'number', 'a']);
    });
  }
}
