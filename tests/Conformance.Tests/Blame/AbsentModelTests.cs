using System.Text;
using GeminiBalance.Conformance.Tests.Hosts;
using GeminiBalance.FakeGemini;

namespace GeminiBalance.Conformance.Tests.Blame;

/// <summary>A name that nobody has must not cost every attempt, each time; and no 404 may hide a model that is there.</summary>
public sealed class AbsentModelTests : ConformanceTest
{
    private const string Known = "gemini-2.5-flash";

    [Fact]
    public async Task NameOfNobody_CostsOneAttemptFromTheThirdCallOn()
    {
        Assert.Equal(["404 3", "404 3", "404 1", "404 1"], await CallsAsync("nope-model", 4));
        await Gateway.AssertNoKeyIsBlamedAsync("a model of nobody");
    }

    [Fact]
    public async Task ModelThatComesBack_IsServedAtOnce_AndTriedAtEveryKeyAgain()
    {
        Upstream.Knobs.Fail(FakeErrorKind.ModelNotFound, model: Known);
        Assert.Equal(["404 3", "404 3", "404 1"], await CallsAsync(Known, 3));
        Upstream.Knobs.Clear();

        Assert.Equal(["200 1"], await CallsAsync(Known, 1));
        Upstream.Knobs.Fail(FakeErrorKind.ModelNotFound, model: Known, times: 2);
        Assert.Equal(["200 3"], await CallsAsync(Known, 1));
    }

    [Fact]
    public async Task OtherFailures_AreRetriedAsEver()
    {
        Upstream.Knobs.Fail(FakeErrorKind.ModelNotFound, model: Known);
        await CallsAsync(Known, 3);
        Upstream.Knobs.Clear();
        Upstream.Knobs.Fail(FakeErrorKind.ConsumerSuspended, model: Known, times: 1);

        Assert.Equal(["200 2"], await CallsAsync(Known, 1));
    }

    private async Task<List<string>> CallsAsync(string model, int count)
    {
        var told = new List<string>();
        for (var i = 0; i < count; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1beta/models/{model}:generateContent");
            request.Content = new StringContent($$"""{"contents":[{"role":"user","parts":[{"text":"hi {{i}}"}]}]}""", Encoding.UTF8, "application/json");
            request.Headers.Add("x-goog-api-key", ComposedGateway.ClientToken);
            using var response = await Gateway.Client.SendAsync(request);
            told.Add($"{(int)response.StatusCode} {response.Headers.GetValues("x-gateway-attempts").Single()}");
        }

        return told;
    }
}
