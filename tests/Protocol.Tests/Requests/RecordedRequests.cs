using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Tests.Responses;
using YamlDotNet.RepresentationModel;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Finds recorded requests of real clients to OpenAI's API, JSON bodies only.</summary>
internal static class RecordedRequests
{
    public static IEnumerable<(string Source, byte[] Body)> To(string path) =>
        SessionRecords(path).Concat(Cassettes("envoy-ai-gateway", path)).Concat(Cassettes("pydantic-ai", path));

    private static IEnumerable<(string Source, byte[] Body)> SessionRecords(string path)
    {
        foreach (var file in Files("openai-dotnet", "*.json"))
        {
            if (JsonNode.Parse(File.ReadAllText(file)) is not JsonObject root || root["Entries"] is not JsonArray entries)
            {
                continue;
            }

            foreach (var entry in entries)
            {
                if (IsTo((string?)entry!["RequestUri"], path) && entry["RequestBody"] is JsonObject body && body.Count > 0)
                {
                    yield return (Path.GetFileName(file), Encoding.UTF8.GetBytes(body.ToJsonString()));
                }
            }
        }
    }

    private static IEnumerable<(string Source, byte[] Body)> Cassettes(string project, string path)
    {
        foreach (var file in Files(project, "*.yaml"))
        {
            var text = File.ReadAllText(file);
            if (!text.Contains(path, StringComparison.Ordinal))
            {
                continue;
            }

            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            foreach (var interaction in (YamlSequenceNode)yaml.Documents[0].RootNode["interactions"])
            {
                if (Body((YamlMappingNode)interaction["request"], path) is { } body)
                {
                    yield return (Path.GetFileName(file), body);
                }
            }
        }
    }

    private static byte[]? Body(YamlMappingNode request, string path)
    {
        var uri = request.Children.TryGetValue("uri", out var named) ? named : request.Children.TryGetValue("url", out var addressed) ? addressed : null;
        if (!IsTo(uri?.ToString(), path))
        {
            return null;
        }

        if (request.Children.TryGetValue("parsed_body", out var parsed))
        {
            return Encoding.UTF8.GetBytes(RecordedExchanges.ToJson(parsed)!.ToJsonString());
        }

        return request.Children.TryGetValue("body", out var body) && body is YamlScalarNode { Value: { } text } && IsJson(text) ? Encoding.UTF8.GetBytes(text) : null;
    }

    private static bool IsJson(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsTo(string? uri, string path) => uri is not null && new Uri(uri).AbsolutePath.EndsWith(path, StringComparison.Ordinal);

    private static IEnumerable<string> Files(string project, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(RecordedExchanges.Folder!, project), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
