using System.Net.Http.Headers;
using GeminiBalance.Replay.Tests.Hosts;
using GeminiBalance.Replay.Tests.Recordings;
using Xunit.Abstractions;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>What went to a project of Vertex AI passes byte for byte in express mode, where only the path is another.</summary>
public sealed class VertexFaceTests(ReplayRun run, ITestOutputHelper output) : FaceReplay(run, output)
{
    private const string Models = "/publishers/google/models/";

    private protected override string Face => "Vertex AI";

    [RecordedTheory]
    [InlineData("js-genai", 61)]
    [InlineData("dotnet-genai", 26)]
    [InlineData("pydantic-ai", 26)]
    public Task Exchanges_PassByteForByte(string project, int passedMin) =>
        RunAsync(project, RecordedFolder.Read(project).Where(exchange => exchange.IsGoogles && exchange.IsVertex), passedMin);

    private protected override string? ReasonToLeaveOut(RecordedExchange exchange) =>
        exchange.Request is null ? "recorded without the request's body"
        : exchange.Answer is null ? "recorded without the answer's body"
        : null;

    private protected override async Task ReplayAsync(RecordedExchange exchange)
    {
        var call = exchange.Address.PathAndQuery.Split(Models)[1];
        Gateway.Upstream.Play(exchange.Status, exchange.Answer!);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/vertex-express/v1beta/models/{call}") { Content = new ByteArrayContent(exchange.Request!.Bytes) };
        request.Headers.Add("x-goog-api-key", ReplayGateway.ClientToken);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(exchange.Request.ContentType);

        using var response = await Gateway.Client.SendAsync(request);

        Assert.Equal((exchange.Status, exchange.Answer!.Text), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(exchange.Answer.ContentType, response.Content.Headers.ContentType?.ToString());
        var sent = Assert.Single(Gateway.Upstream.Received);
        Assert.Equal($"{ReplayGateway.VertexFolder}/models/{call}", sent.Target);
        Assert.Equal(exchange.Request.Bytes, sent.Body);
        Assert.Equal(ReplayGateway.VertexKey, sent.Headers["x-goog-api-key"]);
    }
}
