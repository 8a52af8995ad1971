using YamlDotNet.RepresentationModel;

namespace GeminiBalance.Replay.Tests.Recordings;

/// <summary>Reads projects that keep requests and answers in files of their own, each without its other half.</summary>
internal static class LooseFiles
{
    private const string Gemini = "https://generativelanguage.googleapis.com/v1beta";
    private const string Model = "gemini-2.5-pro";

    /// <summary>GoModel keeps answers: of Google's OpenAI-compatible endpoint, of OpenAI and of Anthropic.</summary>
    public static IEnumerable<RecordedExchange> GoModel(string project)
    {
        foreach (var file in RecordedFolder.Files(project, "*.json").Concat(RecordedFolder.Files(project, "*.txt")).Where(file => file.Contains("testdata", StringComparison.Ordinal)))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var call = name.StartsWith("models", StringComparison.Ordinal) ? "/models" : name.StartsWith("responses", StringComparison.Ordinal) ? "/responses" : "/chat/completions";
            var address = Path.GetFileName(Path.GetDirectoryName(file)) switch
            {
                "gemini" => $"{Gemini}/openai{call}",
                "openai" => $"https://api.openai.com/v1{call}",
                _ => "https://api.anthropic.com/v1/messages",
            };
            var type = Path.GetExtension(file) == ".txt" ? RecordedBody.EventStream : "application/json";
            yield return new RecordedExchange(
                project, Path.GetFileName(file), 1, call == "/models" ? "GET" : "POST", new Uri(address), null, 200, new RecordedBody(File.ReadAllBytes(file), type));
        }
    }

    /// <summary>agentgateway keeps requests of both dialects, and answers of Gemini.</summary>
    public static IEnumerable<RecordedExchange> AgentGateway(string project)
    {
        var files = RecordedFolder.Files(project, "*.*").ToList();
        var answers = files.Where(file => IsIn(file, "vertex-gemini") && file.EndsWith(".json", StringComparison.Ordinal)).ToList();
        foreach (var file in answers)
        {
            var isStream = file.Contains("stream", StringComparison.Ordinal);
            yield return new RecordedExchange(
                project, Path.GetFileName(file), 1, "POST", new Uri($"{Gemini}/models/{Model}:{(isStream ? "streamGenerateContent?alt=sse" : "generateContent")}"), null, 200,
                new RecordedBody(File.ReadAllBytes(file), isStream ? RecordedBody.EventStream : RecordedBody.Json));
        }

        var whole = new RecordedBody(File.ReadAllBytes(answers.First(file => file.EndsWith("/basic.json", StringComparison.Ordinal))), RecordedBody.Json);
        foreach (var file in files.Where(file => (IsIn(file, "gemini") || IsIn(file, "policies")) && file.EndsWith(".json", StringComparison.Ordinal)))
        {
            yield return new RecordedExchange(
                project, Path.GetFileName(file), 1, "POST", new Uri($"{Gemini}/models/{Model}:generateContent"), new RecordedBody(File.ReadAllBytes(file), "application/json"), 200, whole);
        }

        foreach (var file in files.Where(file => (IsIn(file, "completions") || IsIn(file, "responses")) && file.Contains("/requests/", StringComparison.Ordinal)))
        {
            yield return new RecordedExchange(
                project, Path.GetFileName(file), 1, "POST", new Uri($"https://api.openai.com/v1{(IsIn(file, "responses") ? "/responses" : "/chat/completions")}"),
                new RecordedBody(RequestOf(file), "application/json"), 200, null);
        }
    }

    /// <summary>Google's SDK for Go keeps the bodies that it must send.</summary>
    public static IEnumerable<RecordedExchange> GoGenAI(string project) => RecordedFolder.Files(project, "*.mldev.json").Select(file => new RecordedExchange(
        project, Path.GetFileName(file), 1, "POST", new Uri($"{Gemini}/models/{Model}:generateContent"), new RecordedBody(File.ReadAllBytes(file), "application/json"), 200,
        new RecordedBody("""{"candidates":[{"content":{"parts":[{"text":"Yes."}],"role":"model"},"finishReason":"STOP"}]}"""u8.ToArray(), RecordedBody.Json)));

    private static bool IsIn(string file, string folder) => Path.GetFileName(Path.GetDirectoryName(file)) == folder;

    // A snapshot's head is YAML between two lines of dashes: the request is its info.
    private static byte[] RequestOf(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(file).Split("\n---\n")[0]));
        return JsonBytes.InOneLine(YamlJson.Of(yaml.Documents[0].RootNode["info"]));
    }
}
