using System.Text;
using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Gateway.Tests.Endpoints;

public sealed class SharedSignaturesTests
{
    private static readonly CallFingerprint F = Fingerprint("f");
    private static readonly CallFingerprint G = Fingerprint("g");
    private readonly Others others = new();
    private readonly ThoughtSignatures signatures;

    public SharedSignaturesTests() => signatures = new ThoughtSignatures(others);

    [Fact]
    public async Task KnownHereOrCarried_NobodyIsAsked()
    {
        signatures.Of("me").Keep("a", F, "1");

        var found = await signatures.Of("me").ForAsync(Request(Call("a", "f"), Call("b", "g", ""","thought_signature":"S1==" """)), CancellationToken.None);

        Assert.Equal("1", found.Find("a"));
        Assert.Empty(others.Asked);
    }

    [Fact]
    public async Task IdsUnknownHere_AreAskedForAtOnce_AndFoundByIdBeforeCall()
    {
        others.Found = new FoundSignatures(new Dictionary<string, string> { ["a"] = "1" }, new Dictionary<string, string?> { [F.Text] = "2", [G.Text] = "3" });

        var found = await signatures.Of("me").ForAsync(Request(Call("a", "f"), Call("b", "g")), CancellationToken.None);

        Assert.Equal(("1", null, "2", "3"), (found.Find("a"), found.Find("b"), found.Find(F), found.Find(G)));
        Assert.Equal([new WantedSignature("a", F.Text), new WantedSignature("b", G.Text)], Assert.Single(others.Asked));
    }

    [Theory]
    [InlineData("1", "1", "1")]
    [InlineData("1", "2", null)]
    [InlineData("1", null, null)]
    [InlineData(null, "2", "2")]
    public async Task EqualCallsWithOtherSignaturesElsewhere_TellNone(string? here, string? elsewhere, string? expected)
    {
        if (here is not null)
        {
            signatures.Of("me").Keep("a", F, here);
        }

        others.Found = new FoundSignatures(new Dictionary<string, string>(), new Dictionary<string, string?> { [F.Text] = elsewhere });

        Assert.Equal(expected, (await signatures.Of("me").ForAsync(Request(Call("own", "f")), CancellationToken.None)).Find(F));
    }

    [Fact]
    public async Task EqualCallsWithDifferentSignaturesHere_AreNotAskedForByWhatWasCalled()
    {
        signatures.Of("me").Keep("a", F, "1");
        signatures.Of("me").Keep("b", F, "2");

        await signatures.Of("me").ForAsync(Request(Call("own", "f")), CancellationToken.None);

        Assert.Equal([new WantedSignature("own", null)], Assert.Single(others.Asked));
    }

    [Fact]
    public async Task NamesThatGeminiDoesNotTake_AreAskedForAsItKnowsThem()
    {
        await signatures.Of("me").ForAsync(Request(Call("a", "f o")), CancellationToken.None);

        Assert.Equal(Fingerprint("f_o").Text, Assert.Single(Assert.Single(others.Asked)).Fingerprint);
    }

    [Fact]
    public async Task MoreCallsThanTheBound_OnlyTheLastAreAskedFor()
    {
        await signatures.Of("me").ForAsync(Request([.. Enumerable.Range(0, SharedLimits.SignaturesAskedMax + 1).Select(i => Call($"c{i}", "f"))]), CancellationToken.None);

        var asked = Assert.Single(others.Asked);
        Assert.Equal(("c1", SharedLimits.SignaturesAskedMax), (asked.First().Id, asked.Count));
    }

    [Fact]
    public void WhatIsNew_IsTold_Once()
    {
        var me = signatures.Of("me");
        me.Keep("a", F, "1");
        me.Keep("a", F, "1");
        me.Keep("a", F, "2");

        Assert.Equal([new SignedCall("a", "me", F.Text, "1"), new SignedCall("a", "me", F.Text, "2")], others.Told);
    }

    private static CallFingerprint Fingerprint(string function) => CallFingerprint.Of(function, default);

    private static string Call(string id, string function, string more = "") =>
        $$"""{"role":"assistant","tool_calls":[{"id":"{{id}}","type":"function","function":{"name":"{{function}}","arguments":"{}"}{{more}}}]},{"role":"tool","tool_call_id":"{{id}}","content":"x"}""";

    private static ChatCompletionRequest Request(params string[] turns) =>
        OpenAIRequestReader.ReadChat(Encoding.UTF8.GetBytes($$"""{"model":"m","messages":[{"role":"user","content":"go"},{{string.Join(',', turns)}}]}"""));

    private sealed class Others : ISharedSignatures
    {
        public List<SignedCall> Told { get; } = [];

        public List<IReadOnlyCollection<WantedSignature>> Asked { get; } = [];

        public FoundSignatures Found { get; set; } = FoundSignatures.None;

        public void Keep(SignedCall call) => Told.Add(call);

        public ValueTask<FoundSignatures> FindAsync(string clientId, IReadOnlyCollection<WantedSignature> calls, CancellationToken cancellationToken)
        {
            Asked.Add(calls);
            return new(Found);
        }
    }
}
