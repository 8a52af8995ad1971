using System.Globalization;
using GeminiBalance.Gateway.Responses;
using GeminiBalance.Protocol;
using GeminiBalance.Protocol.ResponsesApi;

namespace GeminiBalance.Gateway.Resources;

/// <summary>Requests of <c>/v1/responses</c>. What their answers repeat of them is kept apart, once for all lines that ask alike.</summary>
internal sealed class ResponsesBatchRequests(BatchChats chats, ResponseKeeper keeper, string client) : IBatchRequests
{
    private readonly List<string> heads = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private int chars;

    public IReadOnlyList<string> Heads => heads;

    public async ValueTask<BatchLine> TranslateAsync(string id, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var request = ResponsesRequestReader.Read(body);
        var model = chats.Parse(request.Model);
        var conversation = await keeper.LoadAsync(client, request, cancellationToken);
        var chat = request.ToChat(conversation.Items, model.Model);
        try
        {
            var translated = await chats.TranslateAsync(chat.Request, model, cancellationToken);
            var head = NumberOf(ResponsesHead.Of(body.Span)) ?? NumberOf(ResponsesHead.Of(body.Span, onlyWhatMatters: true)) ?? throw new TranslationException(
                $"has settings unlike those of the lines before, of which a batch keeps {BatchLimits.HeadCharsMax} characters. Put requests with the same settings into one file.");
            return new BatchLine(request.Model, model.Model, [(KeyOf(head, id), translated)]);
        }
        catch (TranslationException fault)
        {
            throw chat.Rename(fault);
        }
    }

    /// <summary>The number of a head and the client's name of the line.</summary>
    /// <returns>A negative number for a key of another form.</returns>
    public static (int Head, string Id) Read(string key) =>
        key.IndexOf(':', StringComparison.Ordinal) is > 0 and var end && int.TryParse(key.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var head)
            ? (head, key[(end + 1)..])
            : (-1, key);

    private static string KeyOf(int head, string id) => string.Create(CultureInfo.InvariantCulture, $"{head}:{id}");

    // Null when no more can be kept.
    private int? NumberOf(string head)
    {
        if (numbers.TryGetValue(head, out var known))
        {
            return known;
        }

        if (chars + head.Length > BatchLimits.HeadCharsMax)
        {
            return null;
        }

        chars += head.Length;
        heads.Add(head);
        return numbers[head] = heads.Count - 1;
    }
}
