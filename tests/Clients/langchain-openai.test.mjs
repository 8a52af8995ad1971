// LangChain's OpenAI integration, unchanged, against the OpenAI face: chats, the Responses API and embeddings.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import OpenAI from 'openai';
import { z } from 'zod';
import { startAll, token } from './harness.mjs';

const names = ['gemini-2.5-flash', 'gemini-3-flash-preview'];
const weather = tool(({ city }) => `sunny in ${city}`, { name: 'get_weather', description: 'The weather of a city', schema: z.object({ city: z.string() }) });
const person = z.object({ name: z.string(), age: z.number().int(), nick: z.string().nullable() });
let all;
let configuration;

before(async () => {
  all = await startAll();
  configuration = { baseURL: `${all.gateway}/v1` };
});
after(() => all.stop());

for (const useResponsesApi of [false, true]) {
  const chat = (model = names[0], extra = {}) => new ChatOpenAI({ model, apiKey: token, configuration, maxRetries: 0, useResponsesApi, ...extra });

  describe(useResponsesApi ? 'responses' : 'chat', () => {
    test('invoke answers with text and usage', async () => {
      const answer = await chat().invoke([new SystemMessage('Be kind.'), new HumanMessage('Hello there')]);
      assert.equal(answer.text, 'Echo: Hello there');
      assert.ok(answer.usage_metadata.input_tokens > 0);
      assert.equal(answer.usage_metadata.total_tokens, answer.usage_metadata.input_tokens + answer.usage_metadata.output_tokens);
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
          const result = await weather.invoke(answer.tool_calls[0]);
          assert.ok(result instanceof ToolMessage);
          messages.push(answer, result);
        }

        assert.match((await model.invoke(messages)).text, /sunny/);
      });
    }

    test('parallel calls keep their ids apart', async () => {
      const { tool_calls: calls } = await chat(names[1]).bindTools([weather]).invoke('[[parallel 3]] weather everywhere');
      assert.equal(new Set(calls.map((call) => call.id)).size, 3);
    });

    test('a named tool is forced', async () => {
      const { tool_calls: calls } = await chat().bindTools([weather], { tool_choice: 'get_weather' }).invoke('Hello there');
      assert.equal(calls[0].name, 'get_weather');
    });

    for (const method of ['jsonSchema', 'functionCalling', 'jsonMode']) {
      test(`structured output by ${method}`, async () => {
        // JSON mode only promises JSON; its members are the model's choice.
        const schema = method === 'jsonMode' ? z.looseObject({}) : person;
        const answer = await chat().withStructuredOutput(schema, { method, name: 'person' }).invoke('Give me a person as JSON');
        assert.equal(typeof answer, 'object');
        assert.equal(method !== 'jsonMode' && typeof answer.age, method !== 'jsonMode' && 'number');
      });
    }

    test('a picture in reaches the model', async () => {
      const url = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
      const content = [{ type: 'text', text: 'What is this?' }, { type: 'image_url', image_url: { url } }];
      const withPicture = await chat().invoke([new HumanMessage({ content })]);
      assert.ok(withPicture.usage_metadata.input_tokens > 258);
    });

    test('a batch of prompts is answered in order', async () => {
      assert.deepEqual((await chat().batch(['one', 'two', 'three'])).map((answer) => answer.text), ['Echo: one', 'Echo: two', 'Echo: three']);
    });

    test('errors keep their status', async () => {
      await assert.rejects(chat('gemini-0-nothing').invoke('Hello'), (error) => error.status === 404 && error.code === 'model_not_found');
    });
  });
}

test('log probabilities come where they are asked for', async () => {
  const answer = await new ChatOpenAI({ model: names[0], apiKey: token, configuration, maxRetries: 0, logprobs: true, topLogprobs: 2 }).invoke('Hello');
  assert.ok(answer.response_metadata.logprobs.content.length > 0);
});

describe('embeddings', () => {
  const embeddings = (extra = {}) => new OpenAIEmbeddings({ model: 'gemini-embedding-001', apiKey: token, configuration, maxRetries: 0, ...extra });

  test('of a query and of documents are the same numbers', async () => {
    const documents = await embeddings({ dimensions: 128 }).embedDocuments(['first', 'second']);
    assert.deepEqual(documents.map((vector) => vector.length), [128, 128]);
    assert.deepEqual(await embeddings({ dimensions: 128 }).embedQuery('second'), documents[1]);
  });

  test('of many documents come in batches and in order', async () => {
    const texts = Array.from({ length: 230 }, (_, index) => `document ${index}`);
    const vectors = await embeddings({ dimensions: 64, batchSize: 120 }).embedDocuments(texts);
    assert.equal(vectors.length, 230);
    assert.deepEqual(vectors[177], await embeddings({ dimensions: 64 }).embedQuery(texts[177]));
  });

  // LangChain for Python sends a text as the token numbers of OpenAI's models unless it is told not to.
  test('of token numbers are refused with the setting that helps', async () => {
    const client = new OpenAI({ apiKey: token, baseURL: configuration.baseURL, maxRetries: 0 });
    for (const input of [[9906, 1917], [[9906, 1917], [791]]]) {
      await assert.rejects(client.embeddings.create({ model: 'gemini-embedding-001', input }), (error) =>
        error instanceof OpenAI.BadRequestError && /check_embedding_ctx_length=False/.test(error.message) && error.param.startsWith('input'));
    }
  });
});
