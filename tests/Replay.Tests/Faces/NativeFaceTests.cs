using System.Net.Http.Headers;
using System.Text;
using GeminiBalance.Replay.Tests.Hosts;
using GeminiBalance.Replay.Tests.Recordings;
using Xunit.Abstractions;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>What Google's clients sent goes up as it is, and what Google answered comes down as it is.</summary>
public sealed class NativeFaceTests(ReplayRun run, ITestOutputHelper output) : FaceReplay(run, output)
{
    private readonly Uploads uploads = new();

    private protected override string Face => "Gemini";

    [RecordedTheory]
    [InlineData("js-genai", 66)]
    [InlineData("dotnet-genai", 23)]
    [InlineData("pydantic-ai", 305)]
    [InlineData("agentgateway", 7)]
    [InlineData("go-genai", 5)]
    public Task Exchanges_PassByteForByte(string project, int passedMin) =>
        RunAsync(project, RecordedFolder.Read(project).Where(exchange => exchange.IsGoogles), passedMin);

    private protected override string? ReasonToLeaveOut(RecordedExchange exchange) =>
        exchange.IsVertex ? "Vertex AI's projects, which are replayed in express mode"
            : exchange.Request is null && exchange.Method == "POST" ? "recorded without the request's body"
            : exchange.Answer is null ? "recorded without the answer's body"
            : null;

    private protected override async Task ReplayAsync(RecordedExchange exchange)
    {
        Gateway.Upstream.Play(exchange.Status, exchange.Answer!);
        using var request = new HttpRequestMessage(new HttpMethod(exchange.Method), uploads.AddressOf(exchange));
        uploads.Prepare(request, exchange);
        request.Headers.Add("x-goog-api-key", ReplayGateway.ClientToken);
        if (exchange.Request is { } body)
        {
            request.Content = new ByteArrayContent(body.Bytes);
            request.Content.Headers.ContentType = body.ContentType.Length == 0 ? null : MediaTypeHeaderValue.Parse(body.ContentType);
        }

        using var response = await Gateway.Client.SendAsync(request);

        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal((exchange.Status, exchange.Answer!.Text), ((int)response.StatusCode, Encoding.UTF8.GetString(bytes)));
        Assert.Equal(exchange.Answer.Bytes, bytes);
        uploads.Follow(exchange, response);
        Assert.Equal(exchange.Answer.ContentType, response.Content.Headers.ContentType?.ToString());
        var sent = Assert.Single(Gateway.Upstream.Received);
        Assert.Equal((exchange.Method, exchange.Address.PathAndQuery), (sent.Method, sent.Target));
        Assert.Equal(exchange.Request?.Bytes ?? [], sent.Body);
        Assert.Equal(ReplayGateway.ApiKey, sent.Headers["x-goog-api-key"]);
        Assert.DoesNotContain(sent.Headers.Values, value => value.Contains(ReplayGateway.ClientToken, StringComparison.Ordinal));
    }
}
