using System.Net.Http.Headers;
using System.Text;
using GeminiBalance.Replay.Tests.Hosts;
using GeminiBalance.Replay.Tests.Recordings;
using Xunit.Abstractions;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>Google's own OpenAI-compatible endpoint passes byte for byte, both ways.</summary>
public sealed class CompatibleFaceTests(ReplayRun run, ITestOutputHelper output) : FaceReplay(run, output)
{
    private const string Folder = "/v1beta/openai/";

    private protected override string Face => "Google's OpenAI endpoint";

    [RecordedTheory]
    [InlineData("gomodel", 5)]
    [InlineData("pydantic-ai", 2)]
    public Task Exchanges_PassByteForByte(string project, int passedMin) =>
        RunAsync(project, RecordedFolder.Read(project).Where(exchange => exchange.Address.AbsolutePath.StartsWith(Folder, StringComparison.Ordinal)), passedMin);

    private protected override string? ReasonToLeaveOut(RecordedExchange exchange) => null;

    private protected override async Task ReplayAsync(RecordedExchange exchange)
    {
        foreach (var prefix in (string[])["/openai/v1/", Folder])
        {
            Gateway.Upstream.Play(exchange.Status, exchange.Answer!);
            using var request = new HttpRequestMessage(new HttpMethod(exchange.Method), prefix + exchange.Address.PathAndQuery[Folder.Length..]);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ReplayGateway.ClientToken);
            var body = exchange.Method == "GET" ? null : exchange.Request ?? QuestionFor(exchange.Answer!);
            if (body is not null)
            {
                request.Content = new ByteArrayContent(body.Bytes);
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(body.ContentType);
            }

            using var response = await Gateway.Client.SendAsync(request);

            Assert.Equal((exchange.Status, exchange.Answer!.Text), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
            Assert.Equal(exchange.Answer.ContentType, response.Content.Headers.ContentType?.ToString());
            var sent = Assert.Single(Gateway.Upstream.Received);
            Assert.Equal((exchange.Method, exchange.Address.PathAndQuery), (sent.Method, sent.Target));
            Assert.Equal(body?.Bytes ?? [], sent.Body);
            Assert.Equal($"Bearer {ReplayGateway.ApiKey}", sent.Headers["Authorization"]);
        }
    }

    // For answers that were recorded alone.
    private static RecordedBody QuestionFor(RecordedBody answer) => new(
        Encoding.UTF8.GetBytes($$"""
            { "model":"gemini-2.5-flash",  "stream" : {{(answer.ContentType == RecordedBody.EventStream ? "true" : "false")}}, "messages":[{"role":"user","content":"Say it again."}] }
            """),
        "application/json");
}
