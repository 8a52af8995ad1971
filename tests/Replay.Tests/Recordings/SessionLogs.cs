using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace GeminiBalance.Replay.Tests.Recordings;

/// <summary>Reads sessions: the logs of Google's SDKs, and cassettes whose interactions are messages.</summary>
internal static class SessionLogs
{
    public static IEnumerable<RecordedSession> Read(string project) => project == "pydantic-ai"
        ? RecordedFolder.Files(project, "*.yaml").Where(file => file.Contains("test_google_ws", StringComparison.Ordinal)).Select(file => Cassette(project, file))
        : RecordedFolder.Files(project, "*.websocket.log").Select(file => new RecordedSession(project, Path.GetFileName(file), Log(File.ReadAllBytes(file))));

    // ">59 {…}" is a message of 59 bytes from the client, "<27 {…}" one of 27 to it.
    private static List<(bool IsClients, byte[] Bytes)> Log(byte[] log)
    {
        var messages = new List<(bool, byte[])>();
        for (var at = 0; at < log.Length;)
        {
            if (log[at] is not ((byte)'>' or (byte)'<'))
            {
                at++;
                continue;
            }

            var space = Array.IndexOf(log, (byte)' ', at);
            var length = int.Parse(log.AsSpan(at + 1, space - at - 1), CultureInfo.InvariantCulture);
            messages.Add((log[at] == (byte)'>', log.AsSpan(space + 1, length).ToArray()));
            at = space + 1 + length;
        }

        return messages;
    }

    private static RecordedSession Cassette(string project, string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(file)));
        var messages = ((YamlSequenceNode)yaml.Documents[0].RootNode["interactions"]).Children
            .Select(item => (item["direction"].ToString() == "sent", JsonBytes.InOneLine(YamlJson.Of(item["data"]))));
        return new RecordedSession(project, Path.GetFileName(file), [.. messages]);
    }
}
