using System.Text.Json;
using GeminiBalance.Load.Http;
using GeminiBalance.Load.Processes;

namespace GeminiBalance.Load.Driving;

/// <summary>One conversation of a few hundred bytes, as each face wants it.</summary>
internal static class Traffic
{
    public const string Model = "gemini-2.5-flash";

    /// <summary>Another model, with quotas of its own: for warming up without spending what is measured.</summary>
    public const string WarmUpModel = "gemini-2.0-flash";

    /// <summary>A third one: for asking more than there is, beside calls that must all be served.</summary>
    public const string PressureModel = "gemini-2.5-pro";

    /// <summary>With what a stream of the translated face ends.</summary>
    private static readonly byte[] ChatStreamEnd = "data: [DONE]\n\n"u8.ToArray();

    private const string Instruction = "You are a patient tutor. Answer in plain words, in at most three sentences, and end with one question that helps the pupil to go on.";
    private const string Question = "Why does the moon always show us the same side, although it turns around its own axis like the earth does?";
    private const string Earlier = "Because gravity slowed its rotation until one turn took exactly as long as one orbit. Do you know what this is called?";

    private const string Last = "No, tell me.";

    /// <summary>How many conversations <see cref="Conversations"/> makes: enough that none of them decides which key serves.</summary>
    private const int ConversationCount = 500;

    /// <summary>The same call in many conversations, to be sent in turn. Gateways keep a conversation at one key as long as they can.</summary>
    /// <param name="make">Makes the call of one conversation, from its number.</param>
    public static IReadOnlyList<PreparedRequest> Conversations(Func<int, PreparedRequest> make) => [.. Enumerable.Range(1, ConversationCount).Select(make)];

    /// <summary>The native face, and the upstream itself.</summary>
    /// <param name="address">Scheme, host and port.</param>
    /// <param name="key">What to show as <c>x-goog-api-key</c>.</param>
    /// <param name="stream">Whether the answer comes as events.</param>
    /// <param name="last">What the user says last; the fake upstream takes orders from it.</param>
    /// <param name="conversation">Calls of another number begin with other words.</param>
    public static PreparedRequest Gemini(Uri address, string key, bool stream, string last = Last, int conversation = 0) => PreparedRequest.Post(
        address,
        $"/v1beta/models/{Model}:{(stream ? "streamGenerateContent?alt=sse" : "generateContent")}",
        ("x-goog-api-key", key),
        JsonSerializer.SerializeToUtf8Bytes(new
        {
            systemInstruction = new { parts = new[] { new { text = Opening(conversation) } } },
            contents = new[] { GeminiTurn("user", Question), GeminiTurn("model", Earlier), GeminiTurn("user", last) },
            generationConfig = new { temperature = 0.7, maxOutputTokens = 400 },
        }));

    /// <summary>The translated face.</summary>
    public static PreparedRequest Chat(Uri address, bool stream, string last = Last, string model = Model, int conversation = 0) =>
        OpenAI(address, "/v1/chat/completions", stream, last, model, conversation) with { ProperEnd = stream ? ChatStreamEnd : default };

    /// <summary>Google's own OpenAI layer through the gateway, byte for byte.</summary>
    public static PreparedRequest GoogleOpenAI(Uri address, bool stream) => OpenAI(address, "/openai/v1/chat/completions", stream, Last, Model, conversation: 0);

    /// <summary>Orders a stream of so many events from the fake upstream, one in each interval.</summary>
    public static string Paced(int events, TimeSpan interval) => $"[[long {events}]] [[pace {interval.TotalMilliseconds}]]";

    private static PreparedRequest OpenAI(Uri address, string path, bool stream, string last, string model, int conversation) => PreparedRequest.Post(
        address, path, ("Authorization", $"Bearer {Servers.ClientToken}"), JsonSerializer.SerializeToUtf8Bytes(new
        {
            model,
            messages = new[]
            {
                new { role = "system", content = Opening(conversation) },
                new { role = "user", content = Question },
                new { role = "assistant", content = Earlier },
                new { role = "user", content = last },
            },
            temperature = 0.7,
            max_tokens = 400,
            stream,
        }));

    private static string Opening(int conversation) => conversation == 0 ? Instruction : $"Lesson {conversation}. {Instruction}";

    private static object GeminiTurn(string role, string text) => new { role, parts = new[] { new { text } } };
}
