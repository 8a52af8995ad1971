using System.Net.WebSockets;

namespace GeminiBalance.Gateway.Live;

/// <summary>What came from a side of a session.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Type">Text or binary, for a message.</param>
/// <param name="Close">Code and reason, for a close.</param>
internal readonly record struct LiveFrame(LiveFrameKind Kind, WebSocketMessageType Type = WebSocketMessageType.Text, LiveClose Close = default);
