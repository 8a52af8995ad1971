using System.Globalization;
using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>A request for a response in the terms of chat.</summary>
public sealed class ResponsesChat
{
    private const string Messages = "messages[";

    /// <summary>For each message the index of its item in the client's <c>input</c>; negative for what is not in there.</summary>
    private readonly IReadOnlyList<int> origins;

    internal ResponsesChat(ChatCompletionRequest request, IReadOnlyList<int> origins)
    {
        Request = request;
        this.origins = origins;
    }

    public ChatCompletionRequest Request { get; }

    /// <summary>A fault that names a field of chat, with the name that the client knows it by.</summary>
    public TranslationException Rename(TranslationException fault)
    {
        var name = fault.Param switch
        {
            null => null,
            "messages" => "input",
            { } path when path.StartsWith(Messages, StringComparison.Ordinal) => ItemOf(path),
            { } path when path.StartsWith("response_format", StringComparison.Ordinal) => "text.format",
            { } path when path.StartsWith("tools[", StringComparison.Ordinal) => path.Replace(".function.", ".", StringComparison.Ordinal),
            { } path => path,
        };
        return name == fault.Param ? fault : new TranslationException(fault.Message.Replace(fault.Param!, name, StringComparison.Ordinal), name, fault.Code);
    }

    private string ItemOf(string path)
    {
        var end = path.IndexOf(']', StringComparison.Ordinal);
        if (end < 0 || !int.TryParse(path.AsSpan(Messages.Length, end - Messages.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var message)
            || message >= origins.Count)
        {
            return "input";
        }

        // Where chat has an object around the address or the file, an item has the bare member.
        var rest = path[(end + 1)..].Replace(".image_url.url", ".image_url", StringComparison.Ordinal).Replace(".file.", ".", StringComparison.Ordinal);
        return origins[message] < 0 ? "input" : string.Create(CultureInfo.InvariantCulture, $"input[{origins[message]}]{rest}");
    }
}
