using GeminiBalance.TestKit;

namespace GeminiBalance.Replay.Tests.Recordings;

/// <summary>All exchanges of a project's recordings, in the order of the files.</summary>
internal static class RecordedFolder
{
    public static IEnumerable<RecordedExchange> Read(string project) => project switch
    {
        "js-genai" or "dotnet-genai" => Files(project, "*.json").SelectMany(file => GoogleRecordings.Read(project, file)),
        "openai-dotnet" => Files(project, "*.json").SelectMany(file => SessionRecords.Read(project, file)),
        "pydantic-ai" or "envoy-ai-gateway" => Files(project, "*.yaml").SelectMany(file => Cassettes.Read(project, file)),
        "gomodel" => LooseFiles.GoModel(project),
        "agentgateway" => LooseFiles.AgentGateway(project),
        "go-genai" => LooseFiles.GoGenAI(project),
        "gemini-cookbook" => Files(project, "*.ipynb").Select(file => new RecordedExchange(project, Path.GetFileName(file), 1, "", new Uri("https://ai.google.dev"), null, 0, null)),
        _ => throw new ArgumentException($"No reader for {project}.", nameof(project)),
    };

    public static IEnumerable<string> Files(string project, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(RecordedTraffic.Folder!, project), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
