// OpenAI's agents library, unchanged, by both of OpenAI's APIs.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Agent, run, setDefaultOpenAIClient, setOpenAIAPI, setTracingDisabled, tool, webSearchTool } from '@openai/agents';
import OpenAI from 'openai';
import { z } from 'zod';
import { startAll, token } from './harness.mjs';

const weather = tool({ name: 'get_weather', description: 'The weather of a city', parameters: z.object({ city: z.string() }), execute: ({ city }) => `sunny in ${city}` });
const twice = '[[call get_weather {"city":"Paris"}]] [[call get_weather {"city":"Rome"}]]';
let all;

before(async () => {
  all = await startAll();
  setTracingDisabled(true);
  setDefaultOpenAIClient(new OpenAI({ apiKey: token, baseURL: `${all.gateway}/v1`, maxRetries: 0 }));
});
after(() => all.stop());

for (const api of ['responses', 'chat_completions']) {
  for (const model of ['gemini-2.5-flash', 'gemini-3.8-flash']) {
    describe(`${api} with ${model}`, () => {
      const agent = (more) => new Agent({ name: 'Helper', instructions: 'Be kind.', model, ...more });
      before(() => setOpenAIAPI(api));

      test('calls in turn, and another question after them', async () => {
        const first = await run(agent({ tools: [weather] }), twice);
        assert.match(first.finalOutput, /sunny in Rome/);
        const second = await run(agent({ tools: [weather] }), [...first.history, { role: 'user', content: 'Thanks.' }]);
        assert.equal(second.finalOutput, 'Echo: Thanks.');
      });

      test('a stream', async () => {
        const stream = await run(agent({ tools: [weather] }), twice, { stream: true });
        let text = '';
        for await (const event of stream) {
          text += event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta' ? event.data.delta : '';
        }

        await stream.completed;
        assert.equal(text, stream.finalOutput);
        assert.match(text, /sunny in Rome/);
      });

      test('structured output, thoughts and a picture', async () => {
        const image = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
        const content = [{ type: 'input_text', text: 'What is this?' }, { type: 'input_image', image }];
        const asked = agent({ outputType: z.object({ what: z.string(), size: z.number().nullable() }), modelSettings: { reasoning: { effort: 'low', summary: 'auto' } } });
        assert.equal(typeof (await run(asked, [{ role: 'user', content }])).finalOutput.what, 'string');
      });

      test('a handoff and an agent as a tool', async () => {
        const billing = agent({ name: 'Billing', handoffDescription: 'Bills' });
        const result = await run(Agent.create({ name: 'Front', model, handoffs: [billing] }), '[[call transfer_to_Billing {}]]');
        assert.equal(result.lastAgent.name, 'Billing');
        const asTool = billing.asTool({ toolName: 'ask_billing', toolDescription: 'Asks' });
        assert.match((await run(agent({ tools: [asTool] }), '[[call ask_billing {"input":"Hello"}]]')).finalOutput, /Echo: Hello/);
      });

      test('an error', async () => {
        await assert.rejects(run(agent({ model: 'gemini-0-nothing' }), 'Hello'), (error) => error.status === 404);
      });
    });
  }
}

test('goes on with a stored response, and searches', async () => {
  setOpenAIAPI('responses');
  const agent = new Agent({ name: 'Helper', model: 'gemini-2.5-flash', tools: [weather] });
  const first = await run(agent, twice);
  assert.equal((await run(agent, 'And now?', { previousResponseId: first.lastResponseId })).finalOutput, 'Echo: And now?');
  assert.match((await run(new Agent({ name: 'Searcher', model: 'gemini-2.5-flash', tools: [webSearchTool()] }), 'Which city?')).finalOutput, /Zürich/);
});
