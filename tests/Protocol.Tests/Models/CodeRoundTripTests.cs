using System.Text.Json.Nodes;
using static GeminiBalance.Protocol.Tests.Requests.Canonical;

namespace GeminiBalance.Protocol.Tests.Models;

/// <summary>Code that was run goes back to the model as what it was.</summary>
public sealed class CodeRoundTripTests
{
    [Fact]
    public void Answer_WithCodeThatRan_GoesBackAsParts() => Equal(
        """[{"text":"Let me see."},{"executableCode":{"language":"PYTHON","code":"print(1)\nprint(2)"}},{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1\n2"}},{"text":"Three."}]""",
        Parts("Let me see.\n```python\nprint(1)\nprint(2)\n```\n```output\n1\n2\n```\nThree."));

    [Fact]
    public void Answer_WithLongerFences_GoesBackAsParts() => Equal(
        """[{"executableCode":{"language":"PYTHON","code":"s = '```'"}},{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"x"}},{"executableCode":{"language":"PYTHON","code":""}},{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":""}}]""",
        Parts("````python\ns = '```'\n````\n```output\nx\n```\n```python\n\n```\n```output\n\n```"));

    [Theory]
    [InlineData("```python\nprint(1)\n```")]
    [InlineData("```python\nprint(1)\n```\n\n```output\n1\n```")]
    [InlineData("```python\nprint(1)\n```\n```text\n1\n```")]
    [InlineData("a ```python\nprint(1)\n```\n```output\n1\n```")]
    [InlineData("```python\nprint(1)\n```\n```output\n1")]
    [InlineData("`python\n")]
    public void WhatOnlyLooksLikeIt_StaysText(string text) => Equal(new JsonArray(new JsonObject { ["text"] = text }).ToJsonString(), Parts(text));

    [Fact]
    public void WithoutTheTool_CodeStaysText()
    {
        const string Text = "```python\nprint(1)\n```\n```output\n1\n```";

        Equal(new JsonArray(new JsonObject { ["text"] = Text }).ToJsonString(), Parts(Text, offers: false));
    }

    [Fact]
    public void ManyMisfits_CostNoMoreThanTheirLength() =>
        Assert.Single((JsonArray)Parts(string.Concat(Enumerable.Repeat("```python\n", 200_000)))!);

    private static JsonNode? Parts(string answer, bool offers = true) => Body(
        new JsonObject
        {
            ["model"] = "m",
            ["messages"] = new JsonArray(
                new JsonObject { ["role"] = "user", ["content"] = "q" },
                new JsonObject { ["role"] = "assistant", ["content"] = answer },
                new JsonObject { ["role"] = "user", ["content"] = "and?" }),
        }.ToJsonString(),
        options: options => options with { OffersCodeExecution = offers })["contents"]![1]!["parts"];
}
