using System.IO.Compression;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GeminiBalance.Replay.Tests.Recordings;

/// <summary>Reads cassettes: those of vcrpy (pydantic-ai) and of go-vcr (ai-gateway).</summary>
internal static class Cassettes
{
    public static IEnumerable<RecordedExchange> Read(string project, string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(file)));
        var number = 0;
        foreach (var interaction in Member(yaml.Documents[0].RootNode, "interactions") as YamlSequenceNode ?? [])
        {
            number++;

            // Those of sockets have messages in place of requests.
            if (Member(interaction, "request") is { } request && Member(interaction, "response") is { } response)
            {
                yield return Exchange(project, Path.GetFileName(file), number, request, response);
            }
        }
    }

    private static RecordedExchange Exchange(string project, string file, int number, YamlNode request, YamlNode response)
    {
        var status = Member(response, "status") is YamlMappingNode map ? Text(Member(map, "code")) : Text(Member(response, "code"));
        return new RecordedExchange(
            project, file, number, Text(Member(request, "method")).ToUpperInvariant(), new Uri(Text(Member(request, "uri") ?? Member(request, "url"))),
            Body(request), int.Parse(status), Body(response));
    }

    private static RecordedBody? Body(YamlNode message)
    {
        var type = HeaderOf(message, "content-type");
        if (Member(message, "parsed_body") is { } parsed)
        {
            return new RecordedBody(JsonBytes.InOneLine(YamlJson.Of(parsed)), type);
        }

        var body = Member(message, "body");
        var uploads = UploadHeaders(message);
        return (body is YamlMappingNode map ? Member(map, "string") : body) is YamlScalarNode text && (text.Value is { Length: > 0 } || uploads.Count > 0)
            ? new RecordedBody(Bytes(text), type) { UploadHeaders = uploads }
            : null;
    }

    private static Dictionary<string, string> UploadHeaders(YamlNode message) =>
        ((Member(message, "headers") as YamlMappingNode)?.Children.Select(item => Text(item.Key)) ?? [])
            .Where(name => name.StartsWith("x-goog-upload-", StringComparison.OrdinalIgnoreCase)).ToDictionary(name => name, name => HeaderOf(message, name));

    private static byte[] Bytes(YamlScalarNode text)
    {
        if (text.Tag.IsEmpty || text.Tag.Value != "tag:yaml.org,2002:binary")
        {
            return Encoding.UTF8.GetBytes(text.Value!);
        }

        var bytes = Convert.FromBase64String(text.Value!);
        if (bytes is not [0x1f, 0x8b, ..])
        {
            return bytes;
        }

        using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zip.CopyTo(plain);
        return plain.ToArray();
    }

    private static string HeaderOf(YamlNode message, string name)
    {
        var header = (Member(message, "headers") as YamlMappingNode)?.Children.FirstOrDefault(item => Text(item.Key).Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return Text(header is YamlSequenceNode list ? list.Children.FirstOrDefault() : header);
    }

    private static YamlNode? Member(YamlNode node, string name) =>
        node is YamlMappingNode map && map.Children.TryGetValue(name, out var value) && value is not YamlScalarNode { Style: ScalarStyle.Plain, Value: "null" } ? value : null;

    private static string Text(YamlNode? node) => (node as YamlScalarNode)?.Value ?? "";
}
