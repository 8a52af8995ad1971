using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;
using GeminiBalance.Protocol.Tests.Requests;

namespace GeminiBalance.Protocol.Tests.Completions;

public sealed class CompletionRequestTests
{
    [Fact]
    public void Prompt_BecomesOneTurnWithoutThoughts() => Canonical.Equal(
        """
        {"contents":[{"role":"user","parts":[{"text":"Once upon"}]}],
        "generationConfig":{"temperature":0.5,"maxOutputTokens":20,"stopSequences":["."],"thinkingConfig":{"thinkingBudget":0}}}
        """,
        Bodies("""{"model":"gemini-2.5-flash","prompt":"Once upon","max_tokens":20,"temperature":0.5,"stop":".","user":"u"}""").Single());

    [Fact]
    public void Prompts_BecomeChatsOfTheirOwn()
    {
        var bodies = Bodies("""{"model":"gemini-2.5-flash","prompt":["a","b"],"n":2}""");

        Assert.Equal(["a", "b"], bodies.Select(body => (string?)body["contents"]![0]!["parts"]![0]!["text"]));
        Assert.All(bodies, body => Assert.Equal(2, (int)body["generationConfig"]!["candidateCount"]!));
    }

    [Fact]
    public void Suffix_AsksForTheGap()
    {
        var body = Bodies("""{"model":"gemini-2.5-flash","prompt":"def f(","suffix":"return x"}""").Single();

        Assert.Equal("<before>def f(</before><behind>return x</behind>", (string?)body["contents"]![0]!["parts"]![0]!["text"]);
        Assert.Contains("gap", (string?)body["systemInstruction"]!["parts"]![0]!["text"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gemini-2.5-pro", "{\"thinkingBudget\":128}")]
    [InlineData("gemini-3.8-flash", "{\"thinkingLevel\":\"LOW\"}")]
    [InlineData("gemini-2.5-flash", "{\"thinkingBudget\":24576}", ",\"reasoning_effort\":\"high\"")]
    public void Thoughts_AreAsFewAsTheModelTakes_UnlessAskedFor(string model, string expected, string more = "") =>
        Canonical.Equal(expected, Bodies($$"""{"model":"{{model}}","prompt":"x"{{more}}}""").Single()["generationConfig"]!["thinkingConfig"]!);

    [Fact]
    public void Logprobs_AskForSoManyPerToken()
    {
        var config = Bodies("""{"model":"gemini-2.5-flash","prompt":"x","logprobs":3}""").Single()["generationConfig"]!;

        Assert.Equal((true, 3), ((bool)config["responseLogprobs"]!, (int)config["logprobs"]!));
    }

    [Theory]
    [InlineData("""{"prompt":"x"}""", "model")]
    [InlineData("""{"model":"m"}""", "prompt")]
    [InlineData("""{"model":"m","prompt":null}""", "prompt")]
    [InlineData("""{"model":"m","prompt":[]}""", "prompt")]
    [InlineData("""{"model":"m","prompt":[1,2]}""", "prompt[0]")]
    [InlineData("""{"model":"m","prompt":["a",[1]]}""", "prompt[1]")]
    [InlineData("""{"model":"m","prompt":{}}""", "prompt")]
    [InlineData("""{"model":"m","prompt":["a","b"],"n":65}""", "prompt")]
    [InlineData("""{"model":"m","prompt":"x","max_tokens":0}""", "max_tokens")]
    [InlineData("""{"model":"m","prompt":"x","logprobs":6}""", "logprobs")]
    [InlineData("""{"model":"m","prompt":"x","logprobs":true}""", "logprobs")]
    [InlineData("""{"model":"m","prompt":"x","best_of":2}""", "best_of")]
    [InlineData("""{"model":"m","prompt":"x","logit_bias":{"50256":-100}}""", "logit_bias")]
    [InlineData("""{"model":"m","prompt":"x","echo":true,"logprobs":0}""", "echo")]
    [InlineData("""{"model":"m","prompt":"x","echo":true,"suffix":"y"}""", "echo")]
    [InlineData("""{"model":"m","prompt":"x","suffix":5}""", "suffix")]
    public void WhatCannotBe_NamesTheField(string body, string param) =>
        Assert.StartsWith(param, Assert.Throws<TranslationException>(() => Bodies(body)).Param!, StringComparison.Ordinal);

    [Fact]
    public void WhatMeansNothing_IsTaken() =>
        Assert.Single(Bodies("""{"model":"m","prompt":"","best_of":1,"logit_bias":{},"logprobs":null,"echo":null,"suffix":null,"n":1,"max_tokens":null}"""));

    private static List<JsonNode> Bodies(string request)
    {
        var read = OpenAIRequestReader.ReadCompletion(Encoding.UTF8.GetBytes(request));
        return [.. read.Chats.Select(chat => JsonNode.Parse(ChatRequestTranslator.Translate(chat, new ChatTranslationOptions { Model = read.Model }).ToUtf8Bytes())!)];
    }
}
