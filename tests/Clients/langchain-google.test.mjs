// LangChain's two integrations of Gemini, unchanged, against the Gemini face: one stands on Google's former SDK, one on fetch.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatGoogle } from '@langchain/google';
import { ChatGoogleGenerativeAI, GoogleGenerativeAIEmbeddings } from '@langchain/google-genai';
import { z } from 'zod';
import { startAll, token } from './harness.mjs';

const names = ['gemini-2.5-flash', 'gemini-3-flash-preview'];
const weather = tool(({ city }) => `sunny in ${city}`, { name: 'get_weather', description: 'The weather of a city', schema: z.object({ city: z.string() }) });
const person = z.object({ name: z.string(), age: z.number().int() });
let all;

before(async () => {
  all = await startAll();
});
after(() => all.stop());

const makers = {
  'google-genai': (model = names[0], extra = {}) => new ChatGoogleGenerativeAI({ model, apiKey: token, baseUrl: all.gateway, maxRetries: 0, ...extra }),
  google: (model = names[0], extra = {}) => new ChatGoogle({ model, apiKey: token, platformType: 'gai', endpoint: all.gateway, maxRetries: 0, ...extra }),
};

for (const [library, chat] of Object.entries(makers)) {
  describe(library, () => {
    test('invoke answers with text and usage', async () => {
      const answer = await chat().invoke([new SystemMessage('Be kind.'), new HumanMessage('Hello there')]);
      assert.equal(answer.text, 'Echo: Hello there');
      assert.ok(answer.usage_metadata.total_tokens > 0);
    });

    test('stream adds up to the same answer, with usage', async () => {
      let whole;
      let pieces = 0;
      for await (const chunk of await chat().stream('[[long 12]] tell me')) {
        whole = whole ? whole.concat(chunk) : chunk;
        pieces++;
      }

      assert.ok(pieces >= 12);
      assert.equal(whole.text, (await chat().invoke('[[long 12]] tell me')).text);
      assert.ok(whole.usage_metadata.total_tokens > 0);
    });

    for (const name of names) {
      test(`tools of ${name} are called, streamed and answered`, async () => {
        const model = chat(name).bindTools([weather]);
        const messages = [new HumanMessage('[[tool 2]] What is the weather in Paris?')];
        for (let turn = 0; turn < 2; turn++) {
          let answer;
          for await (const chunk of await model.stream(messages)) {
            answer = answer ? answer.concat(chunk) : chunk;
          }

          assert.equal(answer.tool_calls.length, 1);
          assert.equal(typeof answer.tool_calls[0].args.city, 'string');
          messages.push(answer, await weather.invoke(answer.tool_calls[0]));
        }

        assert.match((await model.invoke(messages)).text, /sunny/);
      });
    }

    test('structured output', async () => {
      const answer = await chat().withStructuredOutput(person, { name: 'person' }).invoke('Give me a person');
      assert.equal(typeof answer.age, 'number');
    });

    test('a picture in reaches the model', async () => {
      const url = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
      const answer = await chat().invoke([new HumanMessage({ content: [{ type: 'text', text: 'What is this?' }, { type: 'image_url', image_url: { url } }] })]);
      assert.ok(answer.usage_metadata.input_tokens > 258);
    });

    test('errors are told', async () => {
      await assert.rejects(chat('gemini-0-nothing').invoke('Hello'), /404|not found/i);
    });
  });
}

describe('embeddings', () => {
  const embeddings = () => new GoogleGenerativeAIEmbeddings({ model: 'gemini-embedding-001', apiKey: token, baseUrl: all.gateway, maxRetries: 0 });

  test('of a query and of documents are the same numbers', async () => {
    const documents = await embeddings().embedDocuments(['first', 'second']);
    assert.equal(documents.length, 2);
    assert.deepEqual(await embeddings().embedQuery('second'), documents[1]);
  });

  test('of more documents than one call takes', async () => {
    assert.equal((await embeddings().embedDocuments(Array.from({ length: 130 }, (_, index) => `document ${index}`))).length, 130);
  });
});
