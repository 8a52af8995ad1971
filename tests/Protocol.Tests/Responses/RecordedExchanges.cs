using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GeminiBalance.Protocol.Tests.Responses;

/// <summary>Finds recorded Gemini traffic: JSON recordings of Google's SDKs and YAML cassettes.</summary>
internal static class RecordedExchanges
{
    public static string? Folder { get; } = Find();

    public static IEnumerable<RecordedExchange> All() => JsonRecordings("js-genai").Concat(JsonRecordings("dotnet-genai")).Concat(Cassettes("pydantic-ai"));

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("GEMINIBALANCE_FIXTURES") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "global.json")))
            {
                var shared = Path.Combine(folder.Parent?.FullName ?? "", "shared", "fixtures");
                return Directory.Exists(shared) ? shared : null;
            }
        }

        return null;
    }

    private static IEnumerable<RecordedExchange> JsonRecordings(string project)
    {
        foreach (var file in Files(project, "*.json"))
        {
            var text = File.ReadAllText(file);
            if (!text.Contains("enerateContent", StringComparison.Ordinal) || JsonNode.Parse(text) is not JsonObject root)
            {
                continue;
            }

            foreach (var interaction in root["interactions"]?.AsArray() ?? [])
            {
                var response = interaction!["response"]!;
                var url = (string?)interaction["request"]!["url"] ?? "";
                if (IsChat(url) && response["bodySegments"] is JsonArray segments)
                {
                    yield return new RecordedExchange(
                        Path.GetFileName(file), (int)response["statusCode"]!, IsStreamUrl(url), [.. segments.Select(segment => segment!)], null);
                }
            }
        }
    }

    private static IEnumerable<RecordedExchange> Cassettes(string project)
    {
        foreach (var file in Files(project, "*.yaml"))
        {
            var text = File.ReadAllText(file);
            if (!text.Contains("enerateContent", StringComparison.Ordinal))
            {
                continue;
            }

            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            var interactions = (YamlSequenceNode)yaml.Documents[0].RootNode["interactions"];
            foreach (var interaction in interactions.Where(item => IsChat(item["request"]["uri"].ToString())))
            {
                yield return Cassette(Path.GetFileName(file), interaction);
            }
        }
    }

    private static RecordedExchange Cassette(string source, YamlNode interaction)
    {
        var response = (YamlMappingNode)interaction["response"];
        var stream = IsStreamUrl(interaction["request"]["uri"].ToString());
        var status = int.Parse(response["status"]["code"].ToString());
        if (response.Children.TryGetValue("parsed_body", out var parsed))
        {
            return new RecordedExchange(source, status, stream, [ToJson(parsed)!], null);
        }

        var body = (YamlScalarNode)response["body"]["string"];
        var bytes = body.Tag == "tag:yaml.org,2002:binary" ? Convert.FromBase64String(body.Value!.ReplaceLineEndings("")) : Encoding.UTF8.GetBytes(body.Value!);
        bytes = bytes is [0x1f, 0x8b, ..] ? Unzip(bytes) : bytes;
        var events = stream && status == 200
            ? ChatStream.Events(bytes).Select(item => JsonNode.Parse(item)!)
            : [JsonNode.Parse(bytes)!];
        return new RecordedExchange(source, status, stream, [.. events], stream ? bytes : null);
    }

    private static byte[] Unzip(byte[] bytes)
    {
        using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zip.CopyTo(plain);
        return plain.ToArray();
    }

    internal static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(item => KeyValuePair.Create(item.Key.ToString(), ToJson(item.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "null" or "~" or "" } => null,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" or ['-' or (>= '0' and <= '9'), ..] } scalar => Plain(scalar.Value),
        _ => JsonValue.Create(((YamlScalarNode)node).Value),
    };

    // A plain scalar that is no JSON literal (1.2.3, 2025-01-01) is text.
    private static JsonNode? Plain(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static bool IsChat(string url) => url.Contains(":generateContent", StringComparison.Ordinal) || IsStreamUrl(url);

    private static bool IsStreamUrl(string url) => url.Contains(":streamGenerateContent", StringComparison.Ordinal);

    private static IEnumerable<string> Files(string project, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Folder!, project), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
