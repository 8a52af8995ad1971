using System.Net.Http.Headers;
using System.Text;

namespace GeminiBalance.FakeGemini.Tests;

public sealed class BadInputTests : FakeTest
{
    private static readonly string[] Odd = ["null", "1", "-1", "1e99", "true", "\"x\"", "\"\\ud800\"", "[]", "[1]", "{}", "[[]]", "{\"x\":1}", "99999999999999999999"];
    private static readonly string[] Schemas =
    [
        """{"anyOf":[{"$ref":"#"}]}""", """{"$ref":"#/nowhere"}""", """{"type":[1,2]}""", """{"type":"array","minItems":1000000000}""",
        """{"type":"object","required":["a","b","c","d"],"properties":{"a":{"$ref":"#"},"b":{"$ref":"#"},"c":{"$ref":"#"},"d":{"$ref":"#"}}}""",
        """{"type":"integer","minimum":1e300}""", """{"type":"string","minLength":-5,"maxLength":-1}""", "true", "[]",
    ];

    public BadInputTests() => Options.RefuseUnknownFields = false;

    [Fact]
    public async Task AnyMember_OfAnyType_IsAnsweredOrRefusedNeverAnError()
    {
        const string Native = """{"contents":[{"role":"user","parts":[{"text":"weather [[args no]] [[parallel 999999]]","thoughtSignature":"AA"}]}],"systemInstruction":{"parts":[{"text":"s"}]},"tools":[{"functionDeclarations":[{"name":"weather","parameters":{"type":"OBJECT"}}]}],"toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["weather"]}},"generationConfig":{"stopSequences":["a"],"maxOutputTokens":9,"candidateCount":1,"responseModalities":["TEXT"],"thinkingConfig":{"includeThoughts":true}}}""";
        const string Chat = """{"model":"gemini-3.6-flash","messages":[{"role":"user","content":[{"type":"text","text":"x"}]}],"stop":["a"],"tools":[{"function":{"name":"f","parameters":{}}}],"n":1,"response_format":{"type":"json_schema","json_schema":{"schema":{}}}}""";
        var bearer = new AuthenticationHeaderValue("Bearer", Key);
        foreach (var (body, isNative) in Variants(Native).Select(body => (body, true)).Concat(Variants(Chat).Select(body => (body, false))))
        {
            using var answer = isNative ? await PostAsync($"models/{Flash}:generateContent", body) : await PostRawAsync("/v1beta/openai/chat/completions", body, bearer);
            Assert.True((int)answer.StatusCode is 200 or 400 or 404, $"{(int)answer.StatusCode} for {body}");
        }
    }

    [Fact]
    public async Task Schema_WithoutEndOrSense_StillGivesJson()
    {
        foreach (var schema in Schemas)
        {
            var (status, _) = await AskAsync(Prompt("x", $"\"generationConfig\":{{\"responseMimeType\":\"application/json\",\"responseJsonSchema\":{schema}}}"));
            Assert.True(status == 200, schema);
        }
    }

    [Fact]
    public async Task Bytes_Mutated_AreNeverAnError()
    {
        var random = new Random(11);
        var whole = Encoding.UTF8.GetBytes(Prompt("weather ü [[json]]", "\"tools\":[{\"functionDeclarations\":[{\"name\":\"weather\"}]}]"));
        for (var round = 0; round < 500; round++)
        {
            var body = whole[..random.Next(whole.Length / 2, whole.Length + 1)];
            body[random.Next(body.Length)] = (byte)random.Next(256);
            using var answer = await PostAsync($"models/{Flash}:generateContent", Encoding.Latin1.GetString(body));
            Assert.True((int)answer.StatusCode is 200 or 400, $"{(int)answer.StatusCode} in round {round}");
        }
    }

    // Each value in the body in turn, replaced by each odd one.
    private static IEnumerable<string> Variants(string body)
    {
        for (var colon = body.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = body.IndexOf(':', colon + 1))
        {
            var (end, depth, inText) = (colon + 1, 0, false);
            for (; end < body.Length; end++)
            {
                var c = body[end];
                inText ^= c == '"';
                depth += inText ? 0 : c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
                if (!inText && (depth < 0 || (depth == 0 && c == ',')))
                {
                    break;
                }
            }

            foreach (var odd in Odd)
            {
                yield return body[..(colon + 1)] + odd + body[end..];
            }
        }
    }
}
