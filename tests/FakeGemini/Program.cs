using GeminiBalance.FakeGemini;

if (args.Contains("--help"))
{
    Console.Write(Help.Options + Environment.NewLine + Help.Text);
    return 0;
}

var (options, error) = CommandLine.Parse(args);
if (options is null)
{
    await Console.Error.WriteLineAsync(error + Environment.NewLine + Environment.NewLine + Help.Options);
    return 2;
}

await using var server = await FakeGeminiServer.StartAsync(options);
Console.WriteLine($"""
    A fake Gemini API listens on {server.Origin}. Give a gateway these settings:

    BASE_URL={server.BaseUrl}
    API_KEYS={(options.Keys.Count <= 100 ? string.Join(',', options.Keys) : $"(the {options.Keys.Count} keys of FakeKeys.Make)")}
    DEFAULT_RPM={options.Limits.RequestsPerMinute}

    Or ask it directly:
    curl -H 'x-goog-api-key: {options.Keys[0]}' -H 'content-type: application/json' -d '{"{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}"}' {server.BaseUrl}/models/gemini-3.6-flash:generateContent

    {server.Origin}__stats counts; {server.Origin} lists what prompts can ask for. Ctrl+C ends it.
    """);
await server.WaitForShutdownAsync();
return 0;
