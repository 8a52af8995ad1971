using System.Net;
using System.Text;
using GeminiBalance.Conformance.Tests.Hosts;
using GeminiBalance.FakeGemini;

namespace GeminiBalance.Conformance.Tests.Blame;

/// <summary>Interactions of a whole gateway: what clients do wrong costs no key, what a key cannot do another does.</summary>
public sealed class InteractionBlameTests : ConformanceTest
{
    private const string Hello = """{"model":"gemini-2.5-flash","input":"Hello"}""";
    private const string Streamed = """{"model":"gemini-2.5-flash","input":"Hello","stream":true}""";

    [Theory]
    [InlineData("""{"model":"gemini-2.5-flash","input":"Hi","previous_interaction_id":"v1_of_another"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"model":"gemini-2.5-flash","inputs":"Hi"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"model":"gemini-2.5-flash","input":[{"type":"image","uri":"https://generativelanguage.googleapis.com/v1beta/files/of-another"}]}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"model":"gemini-nothing","input":"Hi"}""", HttpStatusCode.NotFound)]
    public async Task Mistake_ManyTimes_CostsNoKeyItsPlace(string body, HttpStatusCode told)
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(told, (await PostAsync(body)).Status);
        }

        await Gateway.AssertNoKeyIsBlamedAsync("mistakes");
        Assert.All(await Gateway.Keys.ListAsync(CancellationToken.None), key => Assert.All(key.Models, model => Assert.True(model.IsAvailable)));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Hello)).Status);
    }

    [Theory]
    [InlineData(Hello)]
    [InlineData(Streamed)]
    public async Task KeyThatIsSuspended_IsPassedOver_AndQuotedNowhere(string body)
    {
        Upstream.Knobs.Fail(FakeErrorKind.ConsumerSuspended, key: Upstream.Options.Keys[0]);
        for (var i = 0; i < 2 * Upstream.Options.Keys.Count; i++)
        {
            var (status, text) = await PostAsync(body);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains("Echo: Hello", text, StringComparison.Ordinal);
        }

        Upstream.Knobs.Fail(FakeErrorKind.ConsumerSuspended);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PostAsync(body)).Status);
    }

    [Fact]
    public async Task Stream_OfAnErrorThatQuotesTheKey_TellsItWithout()
    {
        Upstream.Knobs.Add(new Knob { Method = "interactions", ErrorAfterEvent = 5, EventDelayMs = 50, StreamError = FakeErrorKind.ConsumerSuspended });

        var (status, text) = await PostAsync(Streamed.Replace("Hello", "[[long 5]]", StringComparison.Ordinal), mayBreak: true);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"event_type\":\"error\"", text, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(string body, bool mayBreak = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1beta/interactions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-goog-api-key", ComposedGateway.ClientToken);
        using var response = await Gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var text = new MemoryStream();
        try
        {
            await stream.CopyToAsync(text);
        }
        catch (Exception exception) when (mayBreak && exception is IOException or HttpRequestException)
        {
            // What came before the break is what counts.
        }

        return (response.StatusCode, Encoding.UTF8.GetString(text.ToArray()));
    }
}
