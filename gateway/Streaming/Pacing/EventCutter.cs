using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>One event to several that say the same in the same order. Pure.</summary>
/// <remarks>Each part is said once. What an event tells besides its parts (finish, usage, sources) is told once, by the last piece.</remarks>
internal static class EventCutter
{
    public static IReadOnlyList<EventPiece> Cut(ReadOnlyMemory<byte> json, StreamSettings settings)
    {
        if (AnswerEvent.TryRead(json.Span) is not { } whole || !whole.Parts.Any(part => AnswerEvent.TextOf(part) is not null))
        {
            return [new EventPiece(json, IsPaced: false, TimeSpan.Zero)];
        }

        var pieces = new List<EventPiece>();
        var waiting = new List<JsonObject>();
        var pause = TimeSpan.Zero;
        foreach (var part in whole.Parts)
        {
            if (AnswerEvent.TextOf(part) is not { } text)
            {
                waiting.Add(part);
                continue;
            }

            if (waiting.Count > 0)
            {
                // What is no text goes before this text and does not wait for it.
                pieces.Add(new EventPiece(whole.WriteFragment(waiting), IsText(waiting), pause));
                waiting.Clear();
            }

            pause = TextPacing.PauseOf(text.Length, settings);
            var texts = TextPacing.Pieces(text, settings);
            foreach (var piece in texts.SkipLast(1))
            {
                pieces.Add(new EventPiece(whole.WriteFragment([new JsonObject { ["text"] = piece }]), IsPaced: true, pause));
            }

            part["text"] = texts[^1];
            waiting.Add(part);
        }

        pieces.Add(new EventPiece(pieces.Count == 0 ? json : whole.WriteWith(waiting), IsText(waiting), pause));
        return pieces;
    }

    private static bool IsText(List<JsonObject> parts) => parts.Count == 1 && AnswerEvent.TextOf(parts[0]) is not null;
}
