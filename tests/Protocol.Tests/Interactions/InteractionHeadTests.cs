using System.Text;
using GeminiBalance.Protocol.Interactions;

namespace GeminiBalance.Protocol.Tests.Interactions;

public sealed class InteractionHeadTests
{
    [Fact]
    public void Read_FindsWhatMustBeKnown_WhereverItStands()
    {
        var head = Read("""{"input":{"model":"inner","stream":true},"previous_interaction_id":"v1_a","store":false,"stream":true,"background":true,"model":"models/gemini-x","new":[{}]}""");

        Assert.Equal(("models/gemini-x", null, "v1_a"), (head.Model, head.Agent, head.PreviousId));
        Assert.Equal((true, true, false), (head.IsStream, head.IsBackground, head.IsStored));
    }

    [Theory]
    [InlineData("""{"agent":"deep-research-x"}""")]
    [InlineData("""{"agent":"deep-research-x","model":null,"store":null,"stream":null,"background":"yes","previous_interaction_id":""}""")]
    public void Read_WhatIsNotSaid_IsTheUpstreamsDefault(string body)
    {
        var head = Read(body);

        Assert.Equal((null, "deep-research-x", null), (head.Model, head.Agent, head.PreviousId));
        Assert.Equal((false, false, true), (head.IsStream, head.IsBackground, head.IsStored));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"model":7}""")]
    [InlineData("""{"model":"x"}{}""")]
    [InlineData("""{"model":"\ud800"}""")]
    [InlineData("""{"model":"x","input":[1,}""")]
    public void Read_WithoutAModelOrJson_Refuses(string body) => Assert.Throws<TranslationException>(() => Read(body));

    private static InteractionHead Read(string body) => InteractionHead.Read(Encoding.UTF8.GetBytes(body));
}
