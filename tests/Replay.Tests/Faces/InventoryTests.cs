using GeminiBalance.Replay.Tests.Hosts;
using GeminiBalance.Replay.Tests.Recordings;

namespace GeminiBalance.Replay.Tests.Faces;

/// <summary>Counts what no face takes, so that nothing is left out in silence.</summary>
[Collection(ReplayCollection.Name)]
public sealed class InventoryTests(ReplayRun run)
{
    private static readonly string[] Endpoints =
    [
        "/chat/completions", "/completions", "/embeddings", "/images/generations", "/audio/speech", "/responses", "/messages", "/messages/count_tokens",
    ];

    [RecordedTheory]
    [InlineData("openai-dotnet")]
    [InlineData("envoy-ai-gateway")]
    [InlineData("pydantic-ai")]
    [InlineData("gomodel")]
    [InlineData("agentgateway")]
    [InlineData("js-genai")]
    [InlineData("dotnet-genai")]
    [InlineData("go-genai")]
    [InlineData("gemini-cookbook")]
    public void Exchanges_ForNoFace_AreNamed(string project)
    {
        var row = run.Table.Row("none", project);
        var all = RecordedFolder.Read(project).ToList();
        foreach (var exchange in all.Where(exchange => !IsTaken(exchange)))
        {
            row.LeaveOut(ReasonFor(exchange));
        }

        Assert.NotEmpty(all);
        Assert.DoesNotContain(row.LeftOut.Keys, reason => reason.Contains(".googleapis.", StringComparison.Ordinal));
    }

    private static bool IsTaken(RecordedExchange exchange) => exchange.IsGoogles || exchange.IsGeminiChat
        || exchange.Address.AbsolutePath.StartsWith("/v1beta/openai/", StringComparison.Ordinal) || Endpoints.Any(exchange.IsCallOf);

    private static string ReasonFor(RecordedExchange exchange)
    {
        var path = exchange.Address.AbsolutePath;
        return exchange.File.EndsWith(".ipynb", StringComparison.Ordinal) ? "notebooks, whose calls are shell scripts"
            : exchange.Address.Host == "oauth2.googleapis.com" ? "credentials of Vertex AI's projects"
            : path.Contains("/audio/tr", StringComparison.Ordinal) ? "recordings to be written down: forms, which the recorders have taken apart"
            : path.Contains("/responses/", StringComparison.Ordinal) ? "stored answers of OpenAI's by their id"
            : path.Contains("/files", StringComparison.Ordinal) ? "files: forms, which the recorders have taken apart, and ids that OpenAI gave"
            : exchange.Address.Host.StartsWith("api.openai", StringComparison.Ordinal) ? $"{exchange.Method} of OpenAI's {path.Split('/')[2]}, by ids that it gave"
            : exchange.Method == "GET" ? "files fetched from elsewhere"
            : path.Contains("/invoke", StringComparison.Ordinal) || path.Contains("/converse", StringComparison.Ordinal) ? "Bedrock's API"
            : $"{exchange.Method} of {exchange.Address.Host}";
    }
}
